"""The vocabulary the whole house speaks: frozen values, enums and problems. It imports nothing of ours."""
