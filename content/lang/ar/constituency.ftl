# كلمات constituency

constituency-list-title = الجهات
constituency-list-text = الاسم أو ما تملكه
constituency-list-state = الحالة
constituency-list-changed = آخر تغيير
constituency-list-none = لا توجد جهات بعد
constituency-list-none-how = استورد قائمة بالجهات مع شبكاتها، أو أضف الجهة الأولى يدويًا. تجد الأحداث مالكها فور وجوده هنا.
constituency-state-active = نشطة
constituency-state-inactive = غير نشطة
constituency-state-removed = محذوفة
constituency-criticality-low = منخفضة
constituency-criticality-medium = متوسطة
constituency-criticality-high = عالية
constituency-criticality-vital = حيوية
constituency-role-security = الأمن
constituency-role-abuse = إساءة الاستخدام
constituency-role-technical = تقني
constituency-role-management = الإدارة
constituency-format-csv = CSV
constituency-format-json = JSON
constituency-format-both = CSV وJSON
constituency-format-pdf = PDF وCSV
constituency-format-all = PDF وCSV وJSON

constituency-field-id = المعرّف
constituency-field-name = الاسم
constituency-field-names = الأسماء بلغات أخرى
constituency-field-name-in = الاسم ({ $language })
constituency-field-name-en = الاسم (بالإنجليزية)
constituency-field-name-ar = الاسم (بالعربية)
constituency-field-name-fr = الاسم (بالفرنسية)
constituency-field-sector = القطاع
constituency-field-sector-text = القطاع بكلماتك، إن كان «قطاع آخر»
constituency-field-kind = النوع
constituency-field-kind-text = النوع بكلماتك، إن كان «نوع آخر»
constituency-field-criticality = الأهمية
constituency-field-association = تتبع
constituency-field-association-how = اسم الجهة التي تتبعها هذه الجهة، كمزوّد الخدمة أو الرابطة القطاعية.
constituency-field-active = نشطة: تُنسب إليها الأحداث وتُبلَّغ بها
constituency-field-networks = الشبكات
constituency-field-networks-how = شبكة في كل سطر، مثل ‎192.0.2.0/24 أو ‎2001:db8::/32. قد تقع شبكة الزبون داخل شبكة مزوّده: الأصغر هي الغالبة.
constituency-field-as-numbers = أرقام AS
constituency-field-domains = النطاقات
constituency-field-contacts = جهات الاتصال
constituency-field-contacts-how = تحتاج جهة الاتصال إلى عنوان بريد أو رقم هاتف. أفرغ حقولها لحذفها، واحفظ للحصول على أسطر فارغة أخرى.
constituency-field-contact = جهة الاتصال { $number }
constituency-field-contact-role = الدور
constituency-field-contact-name = الشخص أو المكتب
constituency-field-contact-mail = البريد
constituency-field-contact-telephone = الهاتف
constituency-field-contact-language = اللغة
constituency-field-contact-format = صيغة الأحداث
constituency-field-contact-active = تبليغ جهة الاتصال هذه
constituency-field-notes = ملاحظات

constituency-new-title = إضافة جهة
constituency-edit-title = تعديل جهة
constituency-form-save = حفظ
constituency-form-cancel = إلغاء
constituency-form-stale = غيّر أحدهم هذه الجهة وهي مفتوحة عندك. لم يضع شيء: أدناه القيم الحالية بجانب ما كتبته. والحفظ يستبدل بها نموذجك.
constituency-form-others = ما يختلف الآن بين نموذجك والسجل
constituency-form-others-none = لا يختلف شيء عن نموذجك: الحفظ لا يغيّر شيئًا.
constituency-form-field = الحقل
constituency-form-now = القيمة الحالية
constituency-form-mine = في نموذجك
constituency-form-troubles = { $count ->
    [zero] لا حقول تحتاج إلى تصحيح
    [one] حقل واحد يحتاج إلى تصحيح
    [two] حقلان يحتاجان إلى تصحيح
    [few] { $count } حقول تحتاج إلى تصحيح
    [many] { $count } حقلًا يحتاج إلى تصحيح
   *[other] { $count } حقل يحتاج إلى تصحيح
}

constituency-edit = تعديل
constituency-remove = حذف
constituency-restore = استعادة
constituency-removed-note = حُذفت هذه الجهة. لا تُنسب إليها الأحداث ولا تُبلَّغ. يمكن استعادتها.
constituency-merged-note = دُمجت في { $name }.
constituency-inactive-note = هذه الجهة غير نشطة: لا تُنسب إليها الأحداث ولا تُبلَّغ.
constituency-one-facts = التعريف
constituency-one-owns = ما تملكه
constituency-one-added = أُضيفت
constituency-one-id = المعرّف
constituency-one-below = الجهات التابعة لها
constituency-one-journal = ما حدث
constituency-networks-none = لا شبكات
constituency-contacts-none = لا يوجد من يُبلَّغ
constituency-contacts-none-how = أضف جهة اتصال ليمكن إرسال الإشعارات الخاصة بهذه الجهة.
constituency-contacts-none-short = لا أحد
constituency-contact-inactive = لا تُبلَّغ
constituency-journal-when = متى
constituency-journal-who = من
constituency-journal-what = ماذا
constituency-journal-all = الكل في السجل
constituency-verb-added = أضاف جهة
constituency-verb-changed = عدّل جهة
constituency-verb-imported = استورد قائمة جهات
constituency-verb-removed = حذف جهة
constituency-verb-restored = استعاد جهة
constituency-verb-merged = دمج جهة في أخرى

constituency-merge-title = الدمج في جهة أخرى
constituency-merge-how = تنتقل الشبكات والنطاقات وأرقام AS وجهات الاتصال إلى الجهة الأخرى، وتُحذف هذه. استعادتها تعيد إليها شبكاتها ونطاقاتها.
constituency-merge-into = اسم الجهة الأخرى
constituency-merge-button = دمج

constituency-said-added = أُضيفت { $name }.
constituency-said-changed = عُدّلت { $name }.
constituency-said-removed = حُذفت { $name }. يمكن استعادتها من هنا.
constituency-said-restored = استُعيدت { $name }.
constituency-said-not-restored = لا يمكن استعادتها، لأن ما يلي صار لجهات أخرى: { $taken }
constituency-said-merged = دُمجت { $name } في { $into }.
constituency-said-merge-unknown = لا توجد جهة أخرى باسم «{ $name }».
constituency-said-imported = استُوردت القائمة. أُضيف: { $added }. عُدّل: { $changed }. حُذف: { $removed }.
constituency-said-held-gone = الملف الذي فُحص لم يعد هنا. اختره من جديد.

constituency-overlaps-title = التداخلات
constituency-overlaps-how = شبكات جهة تقع داخل شبكة جهة أخرى. تذهب الأحداث إلى مالك الشبكة الأصغر.
constituency-overlaps-none = لا تداخل بين الشبكات
constituency-overlaps-none-how = حين تقع شبكة جهة داخل شبكة جهة أخرى تظهر هنا مع الجهة الغالبة.
constituency-overlaps-shown = { $count ->
    [zero] لا تداخلات
    [one] { $shown } من تداخل واحد
    [two] { $shown } من تداخلين
    [few] { $shown } من { $count } تداخلات
    [many] { $shown } من { $count } تداخلًا
   *[other] { $shown } من { $count } تداخل
}
constituency-overlap-inner = الشبكة
constituency-overlap-wins = تتلقى الأحداث
constituency-overlap-outer = تقع داخل
constituency-overlap-loses = المملوكة لـ
constituency-overlap-equal = الشبكة نفسها
constituency-shared-title = أرقام AS المشتركة بين جهات
constituency-shared-how = الأحداث التي لا تُعرف شبكتها تذهب إلى مالك رقم AS. وإن تعدد المالكون فإلى الجهة التي تتبعها كل الأخرى، وإلا فلا أحد.
constituency-shared-owners = المالكون
constituency-shared-nobody = لا أحد

constituency-export-title = تصدير كل الجهات
constituency-export-how = كل الجهات غير المحذوفة مع كل ما تملكه. يمكن استيراد أي من هذه الملفات من جديد.
constituency-export-csv = CSV، سطر لكل جهة
constituency-export-networks = CSV، سطر لكل شبكة
constituency-export-json = JSON

constituency-import-title = استيراد
constituency-import-choose = اختيار ملف
constituency-import-how = يُفحص الملف أولًا ولا يُكتب شيء: ترى ما سيتغير ثم تؤكد. سطر واحد خاطئ يكفي لرفض الملف كله، مع ذكر كل سطر خاطئ.
constituency-import-form-networks = ملف CSV بسطر لكل شبكة له هذه الأعمدة:
constituency-import-form-full = ملف CSV بسطر لكل جهة، أو ملف JSON، له أعمدة التصدير. لا يهم ترتيبها، ويجوز ترك بعضها.
constituency-import-file = الملف
constituency-import-paste = أسطر ملصوقة
constituency-import-replace = حذف ما لا يذكره الملف
constituency-import-check = فحص الملف
constituency-import-confirm = استيراد
constituency-import-report = ما سيفعله الملف
constituency-import-ready = لم يُكتب شيء بعد. أكّد ليُكتب.
constituency-import-nothing = كل هذا موجود هنا. لا شيء يتغير.
constituency-import-refused = { $count ->
    [zero] لم تُرفض أي قيمة.
    [one] رُفضت قيمة واحدة، فلا يمكن استيراد شيء. صحّحها واختر الملف من جديد.
    [two] رُفضت قيمتان، فلا يمكن استيراد شيء. صحّحهما واختر الملف من جديد.
    [few] رُفضت { $count } قيم، فلا يمكن استيراد شيء. صحّحها واختر الملف من جديد.
    [many] رُفضت { $count } قيمة، فلا يمكن استيراد شيء. صحّحها واختر الملف من جديد.
   *[other] رُفضت { $count } قيمة، فلا يمكن استيراد شيء. صحّحها واختر الملف من جديد.
}
constituency-import-refused-title = المرفوض
constituency-import-warnings-title = تحذيرات
constituency-import-warnings = { $count ->
    [zero] لا قيم تحتاج إلى نظر.
    [one] قُبلت قيمة واحدة، لكن ينبغي النظر فيها.
    [two] قُبلت قيمتان، لكن ينبغي النظر فيهما.
    [few] قُبلت { $count } قيم، لكن ينبغي النظر فيها.
    [many] قُبلت { $count } قيمة، لكن ينبغي النظر فيها.
   *[other] قُبلت { $count } قيمة، لكن ينبغي النظر فيها.
}
constituency-import-read = أسطر مقروءة
constituency-import-added = جهات مضافة
constituency-import-changed = جهات معدّلة
constituency-import-unchanged = جهات تبقى كما هي
constituency-import-removed = جهات محذوفة
constituency-import-line = السطر
constituency-import-column = العمود
constituency-import-why = السبب
constituency-import-warning = الملاحظة
constituency-import-found = الموجود
constituency-import-error-empty = الملف فارغ.
constituency-import-error-too-large = حجم الملف أكبر من { $limit } ميغابايت. استورده بسطر الأوامر.
constituency-import-error-no-name = لا عمود لاسم الجهة (name أو org). أعمدة الملف هي: { $found }
constituency-import-error-twice = العمودان { $first } و{ $second } لهما المعنى نفسه. احذف أحدهما.
constituency-import-error-json = الملف ليس JSON عند السطر { $line }، العمود { $column }: { $reason }

constituency-reason-empty = فارغ
constituency-reason-too-long = أطول من { $limit } حرف
constituency-reason-control = يحتوي على محارف لا تُرى
constituency-reason-network = ليست شبكة IPv4 أو IPv6 مثل ‎192.0.2.0/24 أو ‎2001:db8::/32
constituency-reason-length = الرقم بعد الشرطة المائلة ليس بين 1 و{ $max }
constituency-reason-host-bits = فيها بتّات مضيف. الشبكة المقصودة على الأرجح { $meant }
constituency-reason-as-number = ليس رقم AS مثل 64512 أو AS64512
constituency-reason-domain = ليس اسم نطاق مثل ministry.example
constituency-reason-mail = ليس عنوان بريد مثل abuse@isp.example
constituency-reason-telephone = ليس رقم هاتف مثل ‎+223 20 22 00 00
constituency-reason-language = ليس رمز لغة مثل en أو ar أو fr
constituency-reason-word = ليس واحدًا مما يلي: { $words }
constituency-reason-id = ليس معرّفًا من منارة
constituency-reason-unreachable = تحتاج جهة الاتصال إلى عنوان بريد أو رقم هاتف
constituency-reason-own-association = لا تتبع الجهة نفسها
constituency-reason-name-taken = لجهة أخرى هذا الاسم: { $owner }
constituency-reason-owned = هو ملك { $owner } من قبل
constituency-reason-owned-in-file = السطر { $line } من الملف نفسه ينسبه إلى { $owner }
constituency-reason-twice-in-file = السطر { $line } من الملف نفسه عن الجهة نفسها
constituency-reason-fields = عدد حقول السطر { $found } وعدد حقول الترويسة { $wanted }
constituency-reason-open-quote = علامة اقتباس فُتحت ولم تُغلق
constituency-reason-line-too-long = السطر طويل جدًا
constituency-reason-json-type = ينبغي أن تكون القيمة: { $words }

constituency-warning-unknown-column = عمود غير معروف ولم يُقرأ
constituency-warning-unknown-sector = قطاع غير معروف. حُفظ تحت «قطاع آخر»
constituency-warning-unknown-kind = نوع غير معروف. حُفظ تحت «نوع آخر»
constituency-warning-unknown-association = لا توجد جهة بهذا الاسم
constituency-warning-shared-as = لدى { $owner } رقم AS هذا أيضًا
constituency-warning-differs = السطر { $line } يقول غير ذلك عن الجهة نفسها، وهو المعتمد

constituency-networks-none-how = أضف شبكاتها ليُعرف مالك الأحداث الواردة من عناوينها.
