# Pages that tell of changes
live-changes = { $count ->
    [one] { $count } change – show it
   *[other] { $count } changes – show them
}
live-changes-many = { $count ->
    [one] More than { $count } change – show them
   *[other] More than { $count } changes – show them
}
live-lost = Connection lost. It is tried again by itself.
live-lost-kept = Connection lost. It is tried again by itself; what you write is kept.
live-out = You are signed out. Sign in again

# What is written and not sent yet
live-kept = Kept from { $time }; it was not sent yet.
live-kept-changed = Kept from { $time }; it was not sent yet. Meanwhile what stood here was changed: compare before you send.
live-discard = Discard
live-other = This form is also being written in another tab. Neither overwrites the other; the last one sent holds.
live-failed = No connection: nothing was sent. What you wrote is kept; send it again when the connection is back.

# Settings
live-settings = Pages while they are open
live-settings-live = Tell me of changes, and make home anew by itself
live-settings-live-hint = Lists and records say how much changed; nothing moves until you ask. Without this a page is as old as its loading.
live-settings-keep = Keep what I write until it is sent
live-settings-keep-hint = It stays in this browser for a week at most, for you alone, and is forgotten when you sign out. Passwords and files are never kept. Switch this off on a machine others use.

# Taking back, and asking first
live-undo = Undo
live-for-good = This can’t be undone.
live-leave-it = Leave it as it is
live-ask-token = The token { $name } stops working at once, and every program that uses it with it.
live-ask-token-title = Revoke a token
live-ask-disable-title = Switch a person off
live-ask-disable = { $name } is signed out everywhere and can’t sign in again until switched on. All their tokens are revoked, and those don’t come back.
live-webhook-restored = The webhook is back. It tells of what happens from now on.
live-webhook-not-restored = This webhook can’t be brought back: it is there, or was removed more than 30 days ago.
live-webhooks-removed = Removed in the last 30 days
live-webhook-restore = Bring back
