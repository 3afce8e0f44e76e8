using Plura.Accounts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

public sealed record MappingSetUp
{
    public required string Name { get; init; }

    public required IReadOnlyList<KeptColumn> Columns { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public string Policy { get; init; } = Import.Fill;
}

/// <summary>Where the columns of known files go, without anything that stood in one.</summary>
internal sealed class MappingsPart(KeptMappings kept, KeepMappingHandler keep) : SnapshotPart<MappingSetUp>
{
    public override string Name => "importColumns";

    public override string Title => "Kept columns of imports";

    public override int Order => 24;

    public override string Permission => "contacts.import";

    public override IReadOnlyList<Type> Travel { get; } = [typeof(KeptMapping)];

    protected override string NameOf(MappingSetUp content) => content.Name;

    protected override async Task<IReadOnlyList<(Guid? Id, MappingSetUp Content)>> Load(CancellationToken ct) =>
        [.. (await kept.All(ct)).Select(m => ((Guid?)m.Id, new MappingSetUp { Name = m.Name, Columns = m.ReadColumns(), Tags = m.ReadTags(), Policy = m.Policy }))];

    protected override async Task<Refusal?> Put(MappingSetUp wanted, Guid? here, CancellationToken ct) =>
        (await keep.Handle(new KeepMapping { Id = here, Name = wanted.Name, Columns = wanted.Columns, Tags = wanted.Tags, Policy = wanted.Policy }, ct)).Refusal;
}
