# The keys of mail

keys-title = Keys
keys-intro = With keys mail is signed, and encrypted to whom it is for. Ours lie here with their secrets; of others we have what they gave out, and a person says whose it is.
keys-off = OpenPGP is switched off in the configuration: nothing is signed, encrypted or opened.

## Ours
keys-own = Our keys
keys-own-none = There is no key of ours yet: mail leaves unsigned, and nobody can encrypt to us.
keys-own-none-how = An administrator makes one here, or brings the file of one.
keys-own-admin = Only administrators make and change keys of ours.
keys-none-signs = No key of ours can sign now: mail leaves unsigned.
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
keys-rotate-three = Publish the new key where the old one was: others have to look up or exchange it. The address of this site gives it out by itself.
keys-rotate-not-this = This key does not sign any more, so there is nothing to rotate.
keys-do-rotate = Rotate now

## Others'
keys-others = Keys of others
keys-others-none = There is no key of anybody else.
keys-others-none-how = Keys come with mail by themselves; or bring a file, or look one up.
keys-list-search = Address or fingerprint
keys-list-show = Show
keys-show-here = All that are in use
keys-show-waiting = Waiting for a decision
keys-show-accepted = Accepted
keys-show-rejected = Refused
keys-show-ending = Ending soon
keys-show-ended = Ended
keys-show-removed = Removed
keys-show-all = All
keys-standing-own = Ours
keys-standing-unverified = Waits for a decision
keys-standing-accepted = Accepted
keys-standing-rejected = Refused
keys-standing-removed = Removed
keys-means-own = A key of ours, with its secret.
keys-means-unverified = Nobody has said yet whose key it is. Nothing is encrypted to it. Compare the fingerprint with its owner, on the telephone for example, and then decide.
keys-means-accepted = A person made sure whose key it is: mail is encrypted to it, and what it signs is believed.
keys-means-rejected = It was refused: nothing is encrypted to it, and what it signs is not believed.
keys-means-removed = It was removed: it counts for nothing, and no mail brings it back. It can be restored as it was.
keys-source-generated = Made here
keys-source-imported = From a file
keys-source-attached = With a mail
keys-source-autocrypt = In the head of a mail (Autocrypt)
keys-source-directory = Given out by the domain (WKD)
keys-state-revoked = Taken back by its owner
keys-state-expired = Ended
keys-state-ending = { $days ->
    [0] Ends today
    [one] Ends in { $days } day
   *[other] Ends in { $days } days
}

## What is known of one
keys-field-who = For whom
keys-field-fingerprint = Fingerprint
keys-field-standing = Decision
keys-field-source = Where it came from
keys-field-ends = Valid until
keys-field-used = Last used
keys-field-added = Here since
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
keys-never-ends = For ever
keys-never-used = Never
keys-nobody = It names nobody

## What is done with one
keys-do-accept = Accept
keys-do-reject = Refuse
keys-do-remove = Remove
keys-do-restore = Restore
keys-do-export = Export (.asc)
keys-did-accept = The key was accepted: mail is encrypted to it, and what it signs is believed.
keys-did-reject = The key was refused.
keys-did-remove = The key was removed.
keys-did-restore = The key is back, as it was.
keys-did-bring = Keys that are new: { $new }. Renewed: { $renewed }. Here already: { $same }. Unreadable: { $refused }.

## Bringing and looking up
keys-bring = Bring keys
keys-bring-file = File with keys, armored or binary
keys-bring-accept = I made sure whose they are: accept them at once
keys-bring-hint = A file with a secret key makes it ours; only administrators bring such. Its passphrase has to be taken away before.
keys-bring-none = No file was chosen.
keys-bring-secret = There is a secret key in the file; only administrators bring such. Nothing was taken.
keys-do-bring = Bring
keys-find = Look up at the domain
keys-find-hint = The domain of the address is asked for its key (Web Key Directory). It learns that somebody here wants to write to that address. What is found waits for a decision.
keys-find-again = The domain can be asked whether the key was renewed or taken back.
keys-find-off = Asking domains for keys is switched off, because they learn by it whom we write to. An administrator allows it in cirt.toml:
keys-do-find = Look up
keys-do-find-which = Look up { $mail }

## Whom we cannot write to encrypted
keys-missing-title = Contacts without a key
keys-missing-how = To these contacts nothing can be written encrypted: what its marking lets leave encrypted alone does not reach them.
keys-missing-count = { $all ->
    [one] { $count } of { $all } contact is without a valid key that was accepted.
   *[other] { $count } of { $all } contacts are without a valid key that was accepted.
}
keys-missing-none = Every contact has a key.
keys-missing-none-how = Mail of every marking can reach them.
keys-missing-nobody = No constituent has a contact with a mail address.
keys-missing-nobody-how = Contacts are entered on the pages of constituents.

## Why something was not done
keys-refused-own = It is a key of ours: nobody decides about it, and it stays, because it opens what was encrypted to it.
keys-refused-removed = The key was removed. Restore it first.
keys-refused-no-own = There is no key of ours yet to take the place of.
keys-refused-directory-off = Asking domains for keys is switched off in the configuration.
keys-refused-address = That is not a mail address of a domain.
keys-refused-not-given-out = The domain gives no key of this address out ({ $why }).
keys-refused-not-of-address = What the domain gives out is no key with this address in it.
keys-refused-file = The keys could not be taken: { $why }

## Certificates
keys-certificates = Certificates (S/MIME)
keys-certificates-how = Some write with S/MIME in place of OpenPGP. There nobody accepts single keys: authorities vouch for them. Only those that stand here are believed.
keys-certificates-none = There are no certificates.
keys-certificates-none-how = Until an authority is trusted, every signature with S/MIME is of a certificate that nobody vouches for.
keys-certificate-own = Ours
keys-certificate-trusted = Vouches for others
keys-certificate-removed = Removed
keys-certificate-bring = Bring a certificate
keys-certificate-file = File with certificates (PEM or DER)
keys-certificate-accept = They may vouch for whoever they were made for
keys-certificate-hint = A file with a certificate and its secret key (PEM, PKCS #8, without a passphrase) makes it ours: it opens what is encrypted to it. The secret lies in the folder keys, in no backup.
keys-certificate-admin = Only administrators bring certificates and say whose word is believed.
keys-field-issuer = Made by
keys-do-export-certificate = Export
keys-do-export-which = Export { $name }
keys-did-certificate = { $count ->
    [one] The certificate is here now.
   *[other] { $count } certificates are here now.
}
keys-did-certificate-remove = The certificate was removed: it vouches for nobody any more.
keys-did-certificate-restore = The certificate is back, and vouches for others.
keys-refused-not-trusted = There is no secret key beside the certificate, so it is not ours. Say that it may vouch for others, if it is to.
