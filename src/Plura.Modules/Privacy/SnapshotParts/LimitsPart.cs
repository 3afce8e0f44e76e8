using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Platform;
using Plura.Privacy.Data;

namespace Plura.Privacy;

public sealed record LimitSetUp
{
    public required string Name { get; init; }

    /// <summary>With <see cref="Days"/>, or neither for no limit.</summary>
    public int? Messages { get; init; }

    public int? Days { get; init; }
}

/// <summary>How often one person may hear from the account: always one item.</summary>
internal sealed class LimitsPart(PluraDb db, LimitFrequencyHandler limit) : SnapshotPart<LimitSetUp>
{
    private const string Only = "how often";

    public override string Name => "limits";

    public override string Title => "How often people hear from you";

    public override int Order => 15;

    public override string Permission => "privacy.settings";

    public override IReadOnlyList<Type> Travel { get; } = [typeof(GateSetting)];

    protected override string NameOf(LimitSetUp content) => content.Name;

    protected override async Task<IReadOnlyList<(Guid? Id, LimitSetUp Content)>> Load(CancellationToken ct)
    {
        var setting = await db.GateSettings.AsNoTracking().SingleOrDefaultAsync(ct);
        return [(null, new LimitSetUp { Name = Only, Messages = setting?.FrequencyMessages, Days = setting?.FrequencyDays })];
    }

    protected override async Task<Refusal?> Put(LimitSetUp wanted, Guid? here, CancellationToken ct) => wanted.Name != Only
        ? Refusal.Invalid("snapshot.setting", "There is no such setting here.")
        : (await limit.Handle(new LimitFrequency { Messages = wanted.Messages?.ToString(CultureInfo.InvariantCulture), Days = wanted.Days?.ToString(CultureInfo.InvariantCulture) }, ct)).Refusal;
}
