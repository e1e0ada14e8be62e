# Pages that tell of changes
live-changes = { $count ->
    [one] { $count } change – show it
   *[other] { $count } changes – show them
}
live-changes-many = { $count ->
    [one] More than { $count } change – show them
   *[other] More than { $count } changes – show them
}
live-lost = Connection lost. Reconnecting automatically.
live-lost-kept = Connection lost. Reconnecting automatically; what you write is kept.
live-out = You are signed out. Sign in again

# What is written and not sent yet
live-kept = Text kept from { $time }; it was not sent yet.
live-kept-changed = Text kept from { $time }; it was not sent yet. The record was changed in the meantime: compare before you send.
live-discard = Discard
live-other = This form is also being written in another tab. Neither overwrites the other; the last one sent holds.
live-failed = No connection: nothing was sent. What you wrote is kept; send it again when the connection is back.

# Settings
live-settings = Pages while they are open
live-settings-live = Tell me of changes, and refresh the home page automatically
live-settings-live-hint = Lists and records say how much changed; nothing moves until you ask. Without this, a page stays as it was when it was loaded.
live-settings-keep = Keep what I write until it is sent
live-settings-keep-hint = It stays in this browser for a week at most, for you alone, and is forgotten when you sign out. Passwords and files are never kept. Switch this off on a machine others use.

# Taking back, and asking first
live-undo = Undo
live-for-good = This can’t be undone.
live-leave-it = Leave it as it is
live-ask-token = The token { $name } stops working at once, and every program that uses it with it.
live-ask-token-title = Revoke a token
live-ask-disable-title = Disable a person
live-ask-disable = { $name } is signed out everywhere and can’t sign in again until enabled. All their tokens are revoked, and those don’t come back.
live-webhook-restored = The webhook is restored. It reports what happens from now on.
live-webhook-not-restored = This webhook can’t be restored: it is there, or was removed more than 30 days ago.
live-webhooks-removed = Removed in the last 30 days
live-webhook-restore = Restore
