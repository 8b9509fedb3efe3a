"""Every message of the program, one module a topic; ``Messages`` in ``model/errors.py`` has them all."""
