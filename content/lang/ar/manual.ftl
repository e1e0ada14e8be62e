# الدليل.
manual-title = الدليل
manual-hint = يُكتب هذا الدليل من إعدادات هذه المنارة: الأسماء والعناوين والمهل هي المعمول بها. فإذا تغيرت تغيّر النص وتغيرت نسخته.
manual-document = الوثيقة
manual-contents = المحتويات
manual-is = الحالة
manual-read-at = وقت قراءتك
manual-version = النسخة
manual-never-read = لم تُقرأ
manual-changed = تغيرت بعد قراءتها
manual-current = مقروءة
manual-changed-note = تغيّر هذا النص بعد أن قرأته. وقد مُيّز الجديد فيه وما حُذف منه.
manual-new = جديد
manual-gone = محذوف
manual-i-read = قرأت هذا
manual-did-read = سُجّل أنك قرأت «{ $title }».
manual-other-version = تغير النص وهو مفتوح عندك. اقرأه من جديد.
manual-before = السابق: { $title }
manual-after = التالي: { $title }
manual-whole = الدليل كله للطباعة
manual-facts = ما لا يستطيع البرنامج معرفته
manual-facts-hint = ترد هذه الكلمات في الدليل. اترك ما لم يُقرَّر فارغًا، فيذكر الدليل أنه لم يُقرَّر.
manual-facts-head = من يرأس الفريق وكيف يُتصل به
manual-facts-hours = ساعات المناوبة
manual-facts-handover = موعد تسليم المناوبة
manual-facts-police = جهة الاتصال في الشرطة
manual-facts-backup = أين تُحفظ النسخ الاحتياطية
manual-facts-too-long = { $count ->
    [zero] لا يحتمل النص أي حرف.
    [one] النص حرف واحد على الأكثر، في سطر واحد.
    [two] النص حرفان على الأكثر، في سطر واحد.
    [few] النص { $count } أحرف على الأكثر، في سطر واحد.
    [many] النص { $count } حرفًا على الأكثر، في سطر واحد.
   *[other] النص { $count } حرف على الأكثر، في سطر واحد.
}
manual-did-facts = حُفظ، ويرد في الدليل من الآن.
manual-readers = من قرأ ماذا
manual-readers-hint = «تغيرت بعد قراءتها» تعني أن النص لم يعد النص الذي قُرئ.
manual-person = الشخص
manual-home-changed = { $count ->
    [zero] لم يتغير إجراء قرأته.
    [one] تغير إجراء واحد بعد أن قرأته.
    [two] تغير إجراءان بعد أن قرأتهما.
    [few] تغيرت { $count } إجراءات بعد أن قرأتها.
    [many] تغير { $count } إجراءً بعد أن قرأتها.
   *[other] تغير { $count } إجراء بعد أن قرأتها.
}
manual-home-read = قراءة ما تغيّر
