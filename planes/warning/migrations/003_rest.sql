-- What is not answered whole and nobody took further: it is reminded of what is left.
CREATE INDEX warning_notice_rest ON warning_notice (sent, id)
 WHERE state = 'sent' AND about = '' AND answered < findings AND escalated = '';
