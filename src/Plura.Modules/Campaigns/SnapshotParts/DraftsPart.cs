using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Campaigns.Data;
using Plura.Contacts.Contracts;
using Plura.Platform;

namespace Plura.Campaigns;

public sealed record DraftSetUp
{
    public required string Name { get; init; }

    public required string Subject { get; init; }

    public string? Preview { get; init; }

    public required string Html { get; init; }

    public required string Topic { get; init; }

    /// <summary>Everybody; else the tags.</summary>
    public required bool All { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required IReadOnlyList<string> ExceptTags { get; init; }

    public int? RatePerMinute { get; init; }
}

/// <summary>
/// Drafts as templates: words, and for whom by tags. The sender is the business's own wherever it is stamped; smart lists, sent campaigns and
/// everybody who got one stay behind.
/// </summary>
internal sealed class DraftsPart(PluraDb db, CreateCampaignHandler create, EditCampaignHandler edit) : SnapshotPart<DraftSetUp>
{
    public override string Name => "drafts";

    public override string Title => "Drafts of campaigns";

    public override int Order => 40;

    public override string Permission => "campaigns.edit";

    public override IReadOnlyList<Type> Travel { get; } = [typeof(Campaign)];

    protected override string NameOf(DraftSetUp content) => content.Name;

    protected override async Task<IReadOnlyList<(Guid? Id, DraftSetUp Content)>> Load(CancellationToken ct) =>
        [.. (await db.Campaigns.AsNoTracking().Where(c => c.State == CampaignStates.Draft).ToListAsync(ct)).OrderBy(c => c.Name, StringComparer.Ordinal).ThenBy(c => c.Subject, StringComparer.Ordinal).ThenBy(c => c.Html, StringComparer.Ordinal).ThenBy(c => c.CreatedAt)
            .Select(c => ((Guid?)c.Id, new DraftSetUp
            {
                Name = c.Name,
                Subject = c.Subject,
                Preview = c.Preview,
                Html = c.Html,
                Topic = c.Topic,
                All = c.Audience.All,
                Tags = [.. c.Audience.Tags.Order(StringComparer.Ordinal)],
                ExceptTags = [.. c.Audience.ExceptTags.Order(StringComparer.Ordinal)],
                RatePerMinute = c.RatePerMinute,
            }))];

    protected override async Task<Refusal?> Put(DraftSetUp wanted, Guid? here, CancellationToken ct)
    {
        if (wanted.Tags.Concat(wanted.ExceptTags).Any(t => t.Trim().Length is 0 or > 60) || wanted.Tags.Count + wanted.ExceptTags.Count > 200)
            return Refusal.Invalid("campaign.tags", "A draft is for at most 200 tags of at most 60 characters.", "Tags");
        var before = here is { } id ? await db.Campaigns.AsNoTracking().SingleAsync(c => c.Id == id, ct) : null;
        var audience = new Audience { All = wanted.All, Tags = wanted.Tags, ExceptTags = wanted.ExceptTags };
        if (before is null)
            return (await create.Handle(new CreateCampaign { Name = wanted.Name, Subject = wanted.Subject, Preview = wanted.Preview, Html = wanted.Html, Topic = wanted.Topic, Audience = audience, RatePerMinute = wanted.RatePerMinute }, ct)).Refusal;
        // Sender and smart lists are the account's own and stay.
        var words = before.Words() with { Name = wanted.Name, Subject = wanted.Subject, Preview = wanted.Preview, Html = wanted.Html, Topic = wanted.Topic, RatePerMinute = wanted.RatePerMinute };
        words.Audience = audience with { SmartList = before.Audience.SmartList, ExceptSmartList = before.Audience.ExceptSmartList };
        return (await edit.Handle(words, ct)).Refusal;
    }
}
