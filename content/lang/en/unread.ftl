# Content of the house that could not be read.
unread-how = Correct the file. Catalogues, blocks, crosswalks, targets, letters and rules are read again by themselves; for everything else restart Manara. manara doctor says the same on the server.
