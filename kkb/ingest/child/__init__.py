"""The process that reads what staff bring. It holds nothing of the server: no pandas, no settings, no words for users.

`kkb.ingest.sheets` starts it with the file as standard input; its cells leave it as lines of JSON on standard output.
"""
