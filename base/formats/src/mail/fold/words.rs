//! The words by which quotations, forwarded messages and signatures are known. All are in small letters.

/// How an introduction begins, and the verbs that stand in it before its colon: “On Monday, Ana wrote:”.
pub(super) const INTRODUCTIONS: &[(&str, &[&str])] = &[
    ("on ", &["wrote", "writes", "said"]),
    ("le ", &["a écrit", "a ecrit"]),
    ("am ", &["schrieb"]),
    ("el ", &["escribió", "escribio"]),
    ("em ", &["escreveu"]),
    ("a ", &["escreveu"]),
    ("il ", &["ha scritto"]),
    ("op ", &["schreef", "geschreven"]),
    ("den ", &["skrev"]),
    ("på ", &["skrev"]),
    ("dnia ", &["napisał"]),
    ("w dniu ", &["pisze", "napisał"]),
    ("в", &["написал", "пишет"]),
    ("في ", &["كتب", "كتابة"]),
    ("بتاريخ ", &["كتب", "كتابة"]),
    ("تاريخ ", &["كتب"]),
];

/// Ends that are enough with an address or a time in the same line, whatever the begin: “2026-01-15 10:00, Ana wrote:”.
pub(super) const ENDS: &[&str] = &[
    "wrote:",
    "a écrit :",
    "a écrit:",
    "schrieb:",
    "escribió:",
    "escreveu:",
    "ha scritto:",
    "كتب:",
    "كتبت:",
    "написал:",
    "yazdı:",
    "写道:",
    "写道：",
];

/// Words between dashes above a message that was sent on.
pub(super) const FORWARDS: &[&str] = &[
    "forwarded message",
    "begin forwarded message",
    "message transféré",
    "début du message transféré",
    "début du message réexpédié",
    "weitergeleitete nachricht",
    "anfang der weitergeleiteten nachricht",
    "mensaje reenviado",
    "mensagem encaminhada",
    "messaggio inoltrato",
    "doorgestuurd bericht",
    "رسالة معاد توجيهها",
    "رسالة محولة",
    "الرسالة المعاد توجيهها",
    "بداية الرسالة المعاد توجيهها",
    "пересылаемое сообщение",
    "转发的邮件",
];

/// Words between dashes above the message that is answered.
pub(super) const ORIGINALS: &[&str] = &[
    "original message",
    "message d'origine",
    "message d’origine",
    "message original",
    "ursprüngliche nachricht",
    "originalnachricht",
    "mensaje original",
    "mensagem original",
    "messaggio originale",
    "oorspronkelijk bericht",
    "الرسالة الأصلية",
    "رسالة أصلية",
    "исходное сообщение",
    "原始邮件",
    "reply message",
];

/// Names of the fields that mailers write above an older message, in small letters.
pub(super) const SENDERS: &[&str] =
    &["from", "de", "von", "da", "van", "от", "من", "المرسل", "发件人", "寄件者", "差出人"];

pub(super) const SUBJECTS: &[&str] =
    &["subject", "objet", "betreff", "asunto", "assunto", "oggetto", "onderwerp", "тема", "الموضوع", "主题", "件名"];

pub(super) const OTHERS: &[&str] = &[
    "date",
    "sent",
    "to",
    "cc",
    "reply-to",
    "importance",
    "attachments",
    "envoyé",
    "date d'envoi",
    "à",
    "datum",
    "gesendet",
    "an",
    "kopie",
    "fecha",
    "enviado",
    "enviado el",
    "para",
    "data",
    "enviada em",
    "inviato",
    "a",
    "verzonden",
    "aan",
    "дата",
    "отправлено",
    "кому",
    "копия",
    "التاريخ",
    "تاريخ الإرسال",
    "أرسلت",
    "أُرسلت",
    "إلى",
    "إلي",
    "نسخة",
    "تم الإرسال",
    "发送时间",
    "收件人",
    "抄送",
    "送信日時",
    "宛先",
    "répondre à",
];

/// Lines that telephones and mailers add, in small letters.
pub(super) const ADDED: &[&str] = &[
    "sent from my ",
    "sent from outlook",
    "sent from yahoo",
    "sent from mail for windows",
    "get outlook for ",
    "envoyé de mon ",
    "envoyé depuis mon ",
    "envoyé à partir de ",
    "télécharger outlook pour ",
    "von meinem ",
    "gesendet von ",
    "enviado desde mi ",
    "enviado do meu ",
    "inviato da ",
    "verzonden vanaf ",
    "أرسلت من ",
    "أُرسلت من ",
    "مرسل من ",
    "تم الإرسال من ",
    "отправлено с ",
];
