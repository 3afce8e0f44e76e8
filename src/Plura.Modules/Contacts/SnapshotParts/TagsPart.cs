using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

public sealed record TagSetUp
{
    public required string Name { get; init; }
}

/// <summary>The account's tags; who has them stays behind.</summary>
internal sealed class TagsPart(PluraDb db, TagBook tags) : SnapshotPart<TagSetUp>
{
    public override string Name => "tags";

    public override string Title => "Tags";

    public override int Order => 21;

    public override string Permission => "contacts.edit";

    public override IReadOnlyList<Type> Travel { get; } = [typeof(Tag)];

    protected override string NameOf(TagSetUp content) => content.Name;

    protected override async Task<IReadOnlyList<(Guid? Id, TagSetUp Content)>> Load(CancellationToken ct) =>
        [.. (await db.Tags.AsNoTracking().ToListAsync(ct)).OrderBy(t => t.Normal, StringComparer.Ordinal).Select(t => ((Guid?)t.Id, new TagSetUp { Name = t.Name }))];

    protected override async Task<Refusal?> Put(TagSetUp wanted, Guid? here, CancellationToken ct)
    {
        if (TagBook.Check([wanted.Name]) is { } invalid)
            return invalid;
        if (here is not null)
            return Refusal.Conflict("tag.exists", "You have this tag already, with other capital letters; it stays as it is.");
        await tags.FindOrMake([wanted.Name], ct);
        return null;
    }
}

public sealed record TellApartSetUp
{
    public required string Name { get; init; }

    public required bool AllowDuplicates { get; init; }

    public required string MatchFirst { get; init; }
}

/// <summary>How the account tells contacts apart: always one item, the defaults where nobody chose.</summary>
internal sealed class TellApartPart(PluraDb db, TellApartHandler tellApart) : SnapshotPart<TellApartSetUp>
{
    private const string Only = "telling contacts apart";

    public override string Name => "contactSettings";

    public override string Title => "Settings of contacts";

    public override int Order => 22;

    public override string Permission => "contacts.settings";

    public override IReadOnlyList<Type> Travel { get; } = [typeof(ContactSettings)];

    protected override string NameOf(TellApartSetUp content) => content.Name;

    protected override async Task<IReadOnlyList<(Guid? Id, TellApartSetUp Content)>> Load(CancellationToken ct)
    {
        var settings = await db.ContactSettings.AsNoTracking().SingleOrDefaultAsync(ct) ?? ContactSettings.Default();
        return [(null, new TellApartSetUp { Name = Only, AllowDuplicates = settings.AllowDuplicates, MatchFirst = settings.MatchFirst })];
    }

    protected override async Task<Refusal?> Put(TellApartSetUp wanted, Guid? here, CancellationToken ct) => wanted.Name != Only
        ? Refusal.Invalid("snapshot.setting", "There is no such setting here.")
        : (await tellApart.Handle(new TellApart { AllowDuplicates = wanted.AllowDuplicates, MatchFirst = wanted.MatchFirst }, ct)).Refusal;
}
