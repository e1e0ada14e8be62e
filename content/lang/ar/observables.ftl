# Observables of incidents
observables-title = مؤشرات { $number }
observables-all = كل المؤشرات وملاحظاتها والإضافة يدويًا
observables-add = إضافة يدوية
observables-text = عناوين ونطاقات وروابط وبصمات وثغرات CVE
observables-text-how = ألصق أي نص: تُستخرج المؤشرات التي فيه، ومنها المكتوبة بـ hxxp و[.].
observables-note = ملاحظة
observables-change = تغيير
observables-do-add = إضافة
observables-do-note = حفظ الملاحظة
observables-do-remove = إزالة
observables-do-restore = استعادة
observables-none = لا عنوان ولا نطاق ولا بصمة ولا مؤشر آخر مسجل.
observables-none-how = تأتي من رسائل بلاغاتها، ويمكنك إضافتها أعلاه.
observables-cut = يُعرض أول ألف منها فقط.
observables-nowhere = لا يسميها سجل آخر.
observables-removed = { $count ->
    [zero] لم يُزل شيء
    [one] أُزيل مؤشر واحد
    [two] أُزيل مؤشران
    [few] أُزيلت { $count } مؤشرات
    [many] أُزيل { $count } مؤشرًا
   *[other] أُزيل { $count } مؤشر
}
observables-in-report = بلاغ
observables-in-investigation = تحقيق
observables-in-countermeasure = تدبير مضاد
observables-in-incident = حادثة
observables-in-finding = مكتشف في حادثة
observables-in-evidence = دليل في حادثة
observables-did-add = { $count ->
    [zero] لم يُضف مؤشر.
    [one] أُضيف مؤشر واحد.
    [two] أُضيف مؤشران.
    [few] أُضيفت { $count } مؤشرات.
    [many] أُضيف { $count } مؤشرًا.
   *[other] أُضيف { $count } مؤشر.
}
observables-did-note = حُفظت الملاحظة.
observables-did-remove = أُزيل، ولن يعيده البريد.
observables-did-restore = استُعيد المؤشر.
