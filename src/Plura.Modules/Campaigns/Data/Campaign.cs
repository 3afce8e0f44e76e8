using System.Text.RegularExpressions;
using NodaTime;
using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Campaigns.Data;

/// <summary>
/// One letter to many people. A draft is written and chosen for; once it is scheduled or sent, its words and its audience no
/// longer change. Who got it, and why not, stands in the send ledger under the origin <see cref="Origin"/>.
/// </summary>
public sealed partial class Campaign : ITenantOwned
{
    /// <summary>The word under which the send ledger knows campaigns.</summary>
    public const string Origin = "campaign";

    /// <summary>The version of a draft that was saved once.</summary>
    public const int FirstVersion = 1;

    private Campaign()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    public string State { get; private set; } = CampaignStates.Draft;

    /// <summary>Counts up with every change: a save that read an older one is refused.</summary>
    public int Version { get; private set; }

    public string Subject { get; private set; } = "";

    public string? Preview { get; private set; }

    public string Html { get; private set; } = "";

    public string FromName { get; private set; } = "";

    public string FromEmail { get; private set; } = "";

    public string? ReplyTo { get; private set; }

    public string Topic { get; private set; } = "";

    public Audience Audience { get; private set; } = new();

    public int? RatePerMinute { get; private set; }

    /// <summary>The local time the owner chose; with <see cref="Zone"/> it says when, even if a country changes its clocks.</summary>
    public DateTime? At { get; private set; }

    public string? Zone { get; private set; }

    /// <summary>Which of the schedulings counts: a job of an earlier one finds that its number has passed.</summary>
    public int Launch { get; private set; }

    public Guid? ContentId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset EditedAt { get; private set; }

    public DateTimeOffset? BegunAt { get; private set; }

    /// <summary>When every recipient stood in the send ledger.</summary>
    public DateTimeOffset? PlannedAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Why it paused by itself, in words; null when a person paused it.</summary>
    public string? PauseReason { get; private set; }

    /// <summary>Nothing of it has left, and it may still be written.</summary>
    public bool Editable => State == CampaignStates.Draft;

    public static Campaign Draft(Guid id, DateTimeOffset now) => new() { Id = id, CreatedAt = now, EditedAt = now };

    public void Write(CampaignDraft draft, DateTimeOffset now)
    {
        (Name, Subject, Preview, Html) = (draft.Name ?? NameOf(draft.Subject) ?? "Untitled campaign", draft.Subject ?? "", draft.Preview, draft.Html ?? "");
        (FromName, FromEmail, ReplyTo, Topic) = (draft.FromName ?? "", draft.FromEmail ?? "", draft.ReplyTo, draft.Topic ?? Privacy.Contracts.Topics.All);
        (Audience, RatePerMinute) = (draft.Audience, draft.RatePerMinute);
        EditedAt = now;
        Version++;
    }

    /// <summary>The subject as people read it: in a list of campaigns a merge field is only noise.</summary>
    private static string? NameOf(string? subject) => subject is null ? null : MergeTags().Replace(subject, "…").Trim();

    [GeneratedRegex(@"\{\{.*?\}\}|\{%.*?%\}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex MergeTags();

    /// <summary>A new draft with the same words and audience.</summary>
    public Campaign Copy(DateTimeOffset now)
    {
        var copy = Draft(Guid.CreateVersion7(now), now);
        copy.Write(Words() with { Name = Name.Length > 110 ? Name : $"{Name} (copy)" }, now);
        return copy;
    }

    /// <summary>What it says and to whom, to be shown in the composer, copied or sent.</summary>
    public EditCampaign Words() => new()
    {
        Id = Id,
        Version = Version,
        Name = Name,
        Subject = Subject,
        Preview = Preview,
        Html = Html,
        FromName = FromName,
        FromEmail = FromEmail,
        ReplyTo = ReplyTo,
        Topic = Topic,
        Audience = Audience,
        RatePerMinute = RatePerMinute,
    };

    /// <summary>Takes the words as they are now. A local time and its zone, or neither for at once.</summary>
    public void Schedule(DateTime? at, string? zone, int? ratePerMinute)
    {
        (At, Zone, RatePerMinute) = (at, zone, ratePerMinute);
        State = at is null ? CampaignStates.Sending : CampaignStates.Scheduled;
        Launch++;
        Version++;
    }

    /// <summary>The owner takes a scheduled campaign back to write on it.</summary>
    public void Unschedule()
    {
        (At, Zone, State) = (null, null, CampaignStates.Draft);
        Version++;
    }

    public bool IsUnderWay(int launch) => Launch == launch && State is CampaignStates.Scheduled or CampaignStates.Sending;

    public void Begin(Guid contentId, DateTimeOffset now)
    {
        (ContentId, State, BegunAt) = (contentId, CampaignStates.Sending, BegunAt ?? now);
        Version++;
    }

    public void Planned(DateTimeOffset now)
    {
        PlannedAt ??= now;
        Version++;
    }

    public void Pause(string? reason)
    {
        (State, PauseReason) = (CampaignStates.Paused, reason);
        Version++;
    }

    /// <summary>Goes on where it stopped; where nobody was planned yet, it starts anew.</summary>
    public void Resume()
    {
        (State, PauseReason, At) = (CampaignStates.Sending, null, PlannedAt is null ? null : At);
        Launch++;
        Version++;
    }

    public void Cancel(DateTimeOffset now)
    {
        (State, EndedAt) = (CampaignStates.Cancelled, now);
        Version++;
    }

    public void Finish(DateTimeOffset now)
    {
        (State, EndedAt, PauseReason) = (CampaignStates.Sent, now, null);
        Version++;
    }

    /// <summary>The moment of the chosen local time: the first of two where the hour comes twice, as much later where it is skipped. Null for at once.</summary>
    public DateTimeOffset? Due() => At is { } at && Zone is { } zone
        ? LocalDateTime.FromDateTime(at).InZoneLeniently(DateTimeZoneProviders.Tzdb[zone]).ToDateTimeOffset().ToUniversalTime()
        : null;

    public LetterContent Letter() => Words().Letter();
}

/// <summary>The words of the API and the database.</summary>
public static class CampaignStates
{
    public const string Draft = "draft";
    public const string Scheduled = "scheduled";
    public const string Sending = "sending";
    public const string Paused = "paused";
    public const string Sent = "sent";
    public const string Cancelled = "cancelled";
}
