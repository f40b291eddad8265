"""How fast operations are executed, beside peers; and that the fast way of executing them answers as the stock one."""
