# When the team works: what business time counts

hours-title = Working time
hours-week = Working days
hours-span = Hours of work
hours-zone = Time zone
hours-day-mon = Monday
hours-day-tue = Tuesday
hours-day-wed = Wednesday
hours-day-thu = Thursday
hours-day-fri = Friday
hours-day-sat = Saturday
hours-day-sun = Sunday
hours-rests = Days off of the next twelve months
hours-rests-how = Clocks that count working time skip them. They are the days off of the nation and those in the file of the working hours. A change counts for what begins to run after it; what runs already keeps its time.
hours-rests-none = No day off is named that falls on a working day.
hours-rest-day = Day
hours-rest-name = Name
hours-rest-file = from the file of the working hours

# Rules of clocks
hours-rules-title = Clock rules
hours-rules-how = They say who has to be told what, and by when. They are part of the content: files in content/clocks.
hours-rule-enabled = starts with every incident
hours-rule-by-hand = started by hand
