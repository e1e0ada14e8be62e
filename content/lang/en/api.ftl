# The API: its page, its problems, and the tokens of people

api-title = API
api-what = Programs do here what people do on the pages: read, hand in, decide. Every request carries a token of a person.
api-how = Make a token, give it the scopes the program needs, and send it with every request:
api-document = OpenAPI document
api-request = Request
api-does = What it does
api-body = Body
api-scope = Scope
api-scopes = Scopes
api-problems = Problems
api-problems-what = A request that is not done gets one of these codes. They stay the same from version to version.
api-code = Code
api-status = Status
api-means = What it means

api-problem-unreadable = The request cannot be read
api-problem-token = A valid token is missing
api-problem-scope = The token may not do this
api-problem-not-found = There is no such record
api-problem-method = The path takes no such method
api-problem-too-slow = The request took too long to arrive
api-problem-refused = The record does not allow this now
api-problem-running = This order is being carried out
api-problem-done = This order was carried out before
api-problem-stale = The record has changed in the meantime
api-problem-too-large = The body is too large
api-problem-media-type = The body is of the wrong kind
api-problem-unknown-host = The server does not know this name
api-problem-invalid = A value makes no sense
api-problem-key-reused = The key was used for another order
api-problem-match-wanted = The request must say which state it changes
api-problem-too-many = Too many requests
api-problem-internal = Something went wrong on the server
api-problem-unavailable = The server cannot answer now
api-problem-database = The database cannot be reached; try again after Retry-After

api-scope-findings-read = See findings
api-scope-findings-answer = Answer for constituents
api-scope-events-read = Search events, ask in SQL
api-scope-batches-read = See batches
api-scope-batches-run = Hand files in
api-scope-feeds-read = See feeds
api-scope-constituents-read = See constituents
api-scope-constituents-change = Change constituents
api-scope-notices-read = See notices
api-scope-notices-send = Decide what is sent
api-scope-incidents-read = See incidents
api-scope-incidents-handle = Handle incidents
api-scope-journal-read = Read the journal
api-scope-webhooks-manage = Make webhooks and look after them

api-tokens-title = My tokens
api-tokens-what = A token lets a program act for you, as far as you say. What it does stands in the journal under your name and its own.
api-tokens-go = Show my tokens
api-tokens-none = You have no tokens
api-tokens-none-how = Make one below when a program is to use the API for you.
api-token-made = The new token
api-token-made-how = Copy it now: it is not shown again.
api-token-new = A new token
api-token-name = Name
api-token-begins = Begins with
api-token-scopes = What it may do
api-token-since = Made
api-token-until = Valid until
api-token-used = Last used
api-token-days = Valid for
api-token-days-count = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
api-token-make = Make the token
api-token-revoke = Revoke
api-token-revoked = revoked
api-token-expired = expired
api-token-was-revoked = The token was revoked. Programs that use it are refused from now on.
api-token-was-not-revoked = That token was revoked before, or is not yours.
api-token-bad-name = A name has 2 to 40 letters, digits, dots, dashes or underscores.
api-token-taken = You have a token of this name. Take another name, or revoke it first.
api-token-bad-scopes = Choose at least one thing the token may do, and none that you may not.
api-token-bad-days = Choose how long the token is valid: one year at most.
api-token-too-many = You have as many tokens as one person may have. Revoke one first.
api-token-nobody = There is nobody of this name who may sign in.
api-problem-service-off = The service is not switched on
api-scope-rules-change = Change rules, apply building blocks
