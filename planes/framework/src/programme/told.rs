//! A programme as programs read it.

use serde_json::{Value, json};

use super::{Line, Names, Programme, Status, Task, TaskLine};

/// A programme without its tasks.
pub fn programme_json(one: &Programme) -> Value {
    json!({
        "id": one.id, "name": one.name, "design": one.design_id, "assessment": one.assessment_id,
        "subject": one.subject, "tlp": one.tlp.label(), "state": if one.is_closed { "closed" } else { "running" },
        "start": one.start.to_string(), "weekend": one.week.as_text(), "people": one.people.all,
        "roles": one.people.roles, "currency": one.currency, "days_off": one.off, "made_by": one.made_by,
        "made": one.made.rfc3339(), "changed": one.changed.rfc3339(),
    })
}

/// A task; what follows for it when that is known.
pub fn task_json(task: &Task, line: Option<&TaskLine>, names: &Names<'_>) -> Value {
    let mut value = json!({
        "id": task.id, "number": task.number, "part": task.part.as_str(), "block": task.block,
        "name": names.task(task), "state": task.state.as_str(), "owner": task.owner, "roles": task.roles,
        "needs": task.needs, "effort_days": task.effort, "lead_weeks": task.weeks, "days": task.days,
        "money": task.money, "payer": task.payer, "start": task.planned_start.to_string(),
        "end": task.planned_end.to_string(), "actual_start": task.actual_start.map(|day| day.to_string()),
        "actual_end": task.actual_end.map(|day| day.to_string()), "deliverable": names.deliverable(task),
        "proof": task.proof, "evidence": task.evidence, "sha256": task.sha256, "accepted_by": task.accepted_by,
        "accepted": task.accepted.map(|at| at.rfc3339()), "version": task.version,
    });
    if let (Some(line), Some(members)) = (line, value.as_object_mut()) {
        members.insert("slack_days".into(), line.slack.into());
        members.insert("critical".into(), line.is_critical().into());
        members.insert("late".into(), line.late.map(|late| late.as_str()).into());
        members.insert("forecast_start".into(), line.forecast_start.to_string().into());
        members.insert("forecast_end".into(), line.forecast_end.to_string().into());
    }
    value
}

/// A line beside the tasks.
pub fn line_json(line: &Line, names: &Names<'_>) -> Value {
    json!({
        "id": line.id, "kind": line.kind.as_str(), "text": names.line(line), "likelihood": line.likelihood,
        "impact": line.impact, "answer": line.answer, "owner": line.owner, "done_by": line.done_by,
        "done": line.done.map(|at| at.rfc3339()), "version": line.version,
    })
}

/// How a programme stands, whole.
pub fn status_json(one: &Programme, tasks: &[Task], lines: &[Line], status: &Status, names: &Names<'_>) -> Value {
    let mut value = programme_json(one);
    let each = tasks.iter().zip(&status.lines);
    let late: Vec<i64> = each.clone().filter(|(_, line)| line.late.is_some()).map(|(task, _)| task.number).collect();
    let critical: Vec<i64> = each.clone().filter(|(_, line)| line.is_critical()).map(|(task, _)| task.number).collect();
    if let Some(members) = value.as_object_mut() {
        members.insert("day".into(), status.today.to_string().into());
        members.insert("end".into(), status.planned_end.to_string().into());
        members.insert("shortest_end".into(), status.shortest_end.to_string().into());
        members.insert("forecast_end".into(), status.forecast_end.to_string().into());
        members.insert("money".into(), json!(status.money));
        members.insert("months".into(), json!(status.months));
        members.insert("progress".into(), json!(status.progress));
        members.insert("late".into(), json!(late));
        members.insert("critical".into(), json!(critical));
        let told = |(task, line): (&Task, &TaskLine)| task_json(task, Some(line), names);
        members.insert("tasks".into(), each.map(told).collect());
        members.insert("lines".into(), lines.iter().map(|line| line_json(line, names)).collect());
    }
    value
}
