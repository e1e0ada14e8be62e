# The keys of mail

keys-title = Keys
keys-intro = Keys sign our mail and encrypt it for its recipients. Our own keys are here with their secrets; of others we have the public keys, and a person confirms whose each one is.
keys-off = OpenPGP is switched off in the configuration: nothing is signed, encrypted or opened.

## Ours
keys-own = Our keys
keys-own-none = There is no key of ours yet: mail is sent unsigned, and nobody can encrypt to us.
keys-own-none-how = An administrator makes one here, or imports one from a file.
keys-own-admin = Only administrators make and change keys of ours.
keys-none-signs = No key of ours can sign now: mail is sent unsigned.
keys-signs-now = Signs now
keys-opens-only = Opens older mail
keys-make = Make a key
keys-do-make = Make the key
keys-make-hint = The new key signs from then on. Its secret lies in the folder keys of the data folder, and in no backup: keep a copy where it is safe.
keys-make-unreadable = A key needs a name with a mail address in it, and from 1 to 3,660 days.
keys-did-make = The key was made. It signs from now on. Keep a copy of the folder keys where it is safe, and publish the new key.
keys-field-user-id = Name and address
keys-field-days = Days that it is valid
keys-rotate = Renew in time
keys-rotate-how = A key does not last for ever. To rotate means: a new key takes over, and the old one stays to read what was sent to it.
keys-rotate-one = The new key is made for the same name and address. From that moment it signs what leaves.
keys-rotate-two = The old key signs no more. What others still encrypt to it is opened as before.
keys-rotate-three = Publish the new key wherever the old one was, so that others look it up again. The address of this site serves it automatically.
keys-rotate-not-this = This key does not sign any more, so there is nothing to rotate.
keys-do-rotate = Rotate now

## Others'
keys-others = Keys of others
keys-others-none = There are no keys of others yet.
keys-others-none-how = Keys arrive with mail; you can also import a file or look one up.
keys-list-search = Address or fingerprint
keys-list-show = Show
keys-show-here = All in use
keys-show-waiting = Waiting for a decision
keys-show-accepted = Accepted
keys-show-rejected = Rejected
keys-show-ending = Expiring soon
keys-show-ended = Expired
keys-show-removed = Removed
keys-show-all = All
keys-standing-own = Ours
keys-standing-unverified = Waiting for a decision
keys-standing-accepted = Accepted
keys-standing-rejected = Rejected
keys-standing-removed = Removed
keys-means-own = A key of ours, with its secret.
keys-means-unverified = Nobody has said yet whose key it is. Nothing is encrypted to it. Compare the fingerprint with its owner, on the telephone for example, and then decide.
keys-means-accepted = A person confirmed whose key it is: mail is encrypted to it, and its signatures are trusted.
keys-means-rejected = It was rejected: nothing is encrypted to it, and its signatures are not trusted.
keys-means-removed = It was removed: it is not used, and no mail brings it back. It can be restored.
keys-source-generated = Made here
keys-source-imported = From a file
keys-source-attached = With a mail
keys-source-autocrypt = From a mail header (Autocrypt)
keys-source-directory = Published by the domain (WKD)
keys-state-revoked = Revoked by its owner
keys-state-expired = Expired
keys-state-ending = { $days ->
    [0] Expires today
    [one] Expires in { $days } day
   *[other] Expires in { $days } days
}

## What is known of one
keys-field-who = For whom
keys-field-fingerprint = Fingerprint
keys-field-standing = Decision
keys-field-source = Where it came from
keys-field-ends = Valid until
keys-field-used = Last used
keys-field-added = Added
keys-field-created = Made
keys-field-decided = Decided
keys-field-removed = Removed
keys-field-algorithms = Algorithms
keys-field-can = What it can do
keys-field-contact = Contact
keys-can-both = Sign and encrypt
keys-can-sign = Only sign
keys-can-encrypt = Only encrypt
keys-can-nothing = Nothing any more
keys-never-ends = No expiry
keys-never-used = Never
keys-nobody = No name given

## What is done with one
keys-do-accept = Accept
keys-do-reject = Reject
keys-do-remove = Remove
keys-do-restore = Restore
keys-do-export = Export (.asc)
keys-did-accept = The key was accepted: mail is encrypted to it, and its signatures are trusted.
keys-did-reject = The key was rejected.
keys-did-remove = The key was removed.
keys-did-restore = The key was restored.
keys-did-bring = New keys: { $new }. Updated: { $renewed }. Already here: { $same }. Unreadable: { $refused }.

## Bringing and looking up
keys-bring = Import keys
keys-bring-file = File with keys, armored or binary
keys-bring-accept = I have verified whose they are: accept them at once
keys-bring-hint = A file with a secret key makes it one of our own keys; only administrators import such files. Remove its passphrase first.
keys-bring-none = No file was chosen.
keys-bring-secret = The file contains a secret key, and only administrators import those. Nothing was imported.
keys-do-bring = Import
keys-find = Look up at the domain
keys-find-hint = The domain of the address is asked for its key (Web Key Directory). It learns that somebody here wants to write to that address. What is found waits for a decision.
keys-find-again = The domain can be asked whether the key was updated or revoked.
keys-find-off = Asking domains for keys is switched off, because it tells them whom we write to. An administrator can allow it in cirt.toml:
keys-do-find = Look up
keys-do-find-which = Look up { $mail }

## Whom we cannot write to encrypted
keys-missing-title = Contacts without a key
keys-missing-how = Mail that may only leave encrypted cannot reach these contacts.
keys-missing-count = { $all ->
    [one] { $count } of { $all } contact has no valid, accepted key.
   *[other] { $count } of { $all } contacts have no valid, accepted key.
}
keys-missing-none = Every contact has a key.
keys-missing-none-how = Mail of every marking can reach them.
keys-missing-nobody = No constituent has a contact with a mail address.
keys-missing-nobody-how = Contacts are entered on the pages of constituents.

## Why something was not done
keys-refused-own = It is one of our own keys: it is neither accepted nor rejected, and it stays because it opens what was encrypted to it.
keys-refused-removed = The key was removed. Restore it first.
keys-refused-no-own = We have no key yet that could be replaced.
keys-refused-directory-off = Asking domains for keys is switched off in the configuration.
keys-refused-address = This is not a mail address of a domain.
keys-refused-not-given-out = The domain publishes no key for this address ({ $why }).
keys-refused-not-of-address = The domain publishes a key that does not name this address.
keys-refused-file = The keys could not be imported: { $why }

## Certificates
keys-certificates = Certificates (S/MIME)
keys-certificates-how = Some people write with S/MIME instead of OpenPGP. There, authorities vouch for keys instead of people accepting each one. Only the authorities listed here are trusted.
keys-certificates-none = There are no certificates.
keys-certificates-none-how = Until an authority is trusted, no S/MIME signature proves who wrote a mail.
keys-certificate-own = Ours
keys-certificate-trusted = Vouches for others
keys-certificate-removed = Removed
keys-certificate-bring = Import a certificate
keys-certificate-file = File with certificates (PEM or DER)
keys-certificate-accept = Trust them as authorities
keys-certificate-hint = A file with a certificate and its secret key (PEM, PKCS #8, without a passphrase) makes it ours: it opens what is encrypted to it. The secret lies in the folder keys, in no backup.
keys-certificate-admin = Only administrators import certificates and decide which authorities are trusted.
keys-field-issuer = Issued by
keys-do-export-certificate = Export
keys-do-export-which = Export { $name }
keys-did-certificate = { $count ->
    [one] The certificate was imported.
   *[other] { $count } certificates were imported.
}
keys-did-certificate-remove = The certificate was removed: it vouches for nobody any more.
keys-did-certificate-restore = The certificate is back, and vouches for others.
keys-refused-not-trusted = The file has no secret key, so the certificate is not ours. Tick the box if it is to be trusted as an authority.
