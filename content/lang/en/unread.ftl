# Content of the house that could not be read.
unread-how = Correct the file and restart Manara; letters and rules are read again by themselves. manara doctor says the same on the server.
