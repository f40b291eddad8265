"""A generator of a German and European CRM of any size, and of labelled leads for it: see ``bench.crm.generator``."""
