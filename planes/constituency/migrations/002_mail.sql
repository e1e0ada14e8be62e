-- Who writes: a contact by its address, however it was typed.
CREATE INDEX constituency_contact_mail ON constituency_contact (LOWER(mail));
