using Plura.Automations.Contracts;
using Plura.Contacts.Contracts;

namespace Plura.Contacts;

/// <summary>Which automations the contact came into, and what became of it.</summary>
internal sealed class AutomationStory(IEnrolment enrolment) : ITimelineSource
{
    public TimelineKind Kind => TimelineKinds.Automations;

    public string Permission => "automations.read";

    public async Task<IReadOnlyList<TimelineEntry>> Read(Guid contactId, TimelineFrom from, int limit, CancellationToken ct) =>
        [.. (await enrolment.Begun(contactId, from.At, from.Id, limit, ct)).Select(r => new TimelineEntry(r.RunId, r.BegunAt, Kind.Word, "sitemap", $"Came into the automation “{r.Automation}”", Words(r), r.Gone ? null : $"automations/runs/{r.RunId}"))];

    private static string Words(ContactRun run) => run.State switch
    {
        "going" => "They are in it now.",
        "failed" => "A step could not be done.",
        "stopped" => "They were taken out before the end.",
        _ => "They went through it.",
    };
}
