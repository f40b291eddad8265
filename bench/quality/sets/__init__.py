"""The labelled sets: public ones, those of a folder, the generated CRM, and anybody's own files."""
