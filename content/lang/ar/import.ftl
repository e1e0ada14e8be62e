# سجلات أدوات أخرى تُنقل إلى هنا

import-title = سجلات أدوات أخرى
import-one-title = الملف { $file }

## إحضار ملف
import-bring = استيراد ملف
import-how = يُجرَّب الملف أولًا: ترى ما سينشأ منه وأي السجلات مرفوضة، ولا ينشأ شيء قبل أن تقول. والسجل الموجود هنا لا يُنقل مرتين، فللملف نفسه أن يأتي مرة أخرى. ويجوز ضغط الملف بـ gzip، وما زاد على 512 ميغابايت يمر من سطر الأوامر.
import-field-format = الصيغة
import-format-rtir = ‏RTIR: تذاكر بصيغة JSON من REST2
import-format-thehive = ‏TheHive: حالات بصيغة JSON من واجهته
import-format-csv = جدول حوادث (CSV)
import-format-mbox = بريد قديم (mbox)
import-format-maildir = بريد قديم (Maildir)
import-format-eml = بريد قديم (مجلد ملفات eml)
import-field-file = الملف
import-field-tlp = علامة السجلات التي لا علامة لها
import-more = خيارات أخرى
import-field-tool = اسم الأداة
import-field-tool-hint = فقط إن كانت لديك أداتان من نوع واحد، مثل RT ثانٍ: فلكل منهما أرقامها.
import-field-queues = طوابير RT وما فيها
import-field-queues-hint = واحد في كل سطر، بالرقم أو الاسم: ‎3=incidents. والممكن: reports وincidents وinvestigations وcountermeasures.
import-field-mbox-kind = نوع mbox
import-do-bring = فحص الملف
import-brought = الملفات المرفوعة
import-none = لم يُرفع أي ملف بعد.
import-none-how = اختر ملفًا أعلاه.
import-no-name = بلا اسم
import-who = رفعه
import-when = متى
import-did-bring = رُفع الملف وهو قيد الفحص.
import-did-go = بدأ العمل.
import-did-go-not = لا عمل لهذا الملف الآن، أو بدأه شخص آخر للتو.
import-refused-empty = لم يُختر ملف أو أن الملف فارغ.
import-refused-packed = تعذر فك ضغط الملف: { $why }
import-refused-format = هذه الصيغة غير معروفة.
import-refused-tool = اسم الأداة 60 حرفًا على الأكثر وبلا خط مائل (/).
import-refused-tlp = هذه العلامة غير معروفة.
import-refused-queues = تعذرت قراءة الطوابير؛ المطلوب واحد في كل سطر مثل ‎3=incidents.
import-refused-mbox-kind = هذا النوع من mbox غير معروف.

## ملف واحد
import-came = النتيجة
import-state-trying = قيد الفحص
import-state-tried = فُحص
import-state-taking = قيد الاستيراد
import-state-done = استُورد
import-state-failed = تعذر فحصه
import-state-stopped = توقف
import-said-under-way = يستمر هذا وأنت في عمل آخر. وفيما يلي ما بلغه.
import-look-again = انظر مرة أخرى
import-said-interrupted = انقطع العمل. ما نُقل من قبل باقٍ؛ تابع فلا يضاف إلا الناقص.
import-said-tried = لم يُنشأ شيء بعد. هذا ما سيُنشأ.
import-said-nothing = لن يُنشأ شيء من هذا الملف.
import-said-done = استُورد الملف.
import-said-stopped = تعذر استمرار النقل. ما نُقل من قبل باقٍ؛ تابع فلا يضاف إلا الناقص.
import-said-failed = تعذر فحص الملف إلى آخره.
import-fault = سبب توقف القراءة:
import-read = السجلات المقروءة
import-made-incidents = الحوادث
import-made-reports = البلاغات
import-made-investigations = التحقيقات
import-made-countermeasures = التدابير المضادة
import-made-notes = الملاحظات
import-made-tasks = المهام
import-made-messages = الرسائل
import-made-files = الملفات
import-made-observables = المؤشرات
import-made-links = الروابط بين السجلات
import-already = كانت هنا من قبل
import-refused = المرفوضة
import-changed = آخر تغيير
import-warning = لا يمكن التراجع عن الاستيراد دفعة واحدة: ما أُنشئ يمكن إغلاقه فقط، سجلًا سجلًا أو كثيرًا معًا.
import-do-take = استيراد هذه السجلات
import-do-go-on = متابعة
import-back = كل الملفات
import-first = السجلات الأولى
import-was = اسمه الأصلي
import-becomes = يصبح
import-becomes-incident = حادثة
import-becomes-report = بلاغ
import-becomes-investigation = تحقيق
import-becomes-countermeasure = تدبير مضاد
import-becomes-message = رسالة
import-refused-title = السجلات المرفوضة
import-refused-cut = { $count ->
    [zero] لا يُحفظ منها شيء هنا.
    [one] لا يُحفظ هنا إلا أولها.
    [two] لا يُحفظ هنا إلا أول اثنين منها.
    [few] لا يُحفظ هنا إلا أول { $count } منها.
    [many] لا يُحفظ هنا إلا أول { $count } منها.
   *[other] لا يُحفظ هنا إلا أول { $count } منها.
}
import-refused-more = مزيد من السجلات المرفوضة
import-where = الموضع
import-why = السبب
