-- Whether what was found is on a list, whichever that is.
CREATE INDEX watch_list_entry_listed ON watch_list_entry (entry) WHERE state = 'listed';
