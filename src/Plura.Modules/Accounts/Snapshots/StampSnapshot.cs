using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Puts a snapshot on an account, or says what that would do. Before the real thing the account's own set-up is kept on its shelf, and on the agency's where the agency stamps.</summary>
public sealed record StampSnapshot
{
    public Guid Id { get; set; }

    /// <summary>At an agency's desk: on which of its accounts. Inside an account it is that one.</summary>
    public Guid? AccountId { get; set; }

    /// <summary>Only says what it would do.</summary>
    public bool TryOnly { get; set; }
}

public sealed class StampSnapshotHandler(PluraDb db, CurrentAgency agency, SnapshotShelf shelf, SnapshotReach reach, IAudit audit, IServiceProvider services)
{
    public async Task<Result<StampReport>> Handle(StampSnapshot command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (agency.Current is not null && command.AccountId is null)
            return Refusal.Invalid("snapshot.account", "Choose an account.", nameof(command.AccountId));
        if (await shelf.Find(command.Id, ct) is not { } snapshot)
            return SnapshotShelf.Missing;
        if (agency.Current is null)
            return await Inside(services, command, snapshot.Document, snapshot.Name, ct);
        var stamped = await reach.In(command.AccountId!.Value, inside => Inside(inside, command, snapshot.Document, snapshot.Name, ct), ct);
        if (stamped.Ok && !command.TryOnly)
        {
            audit.Note("agency.stamp_snapshot", command.AccountId);
            if (stamped.Value.Before is { } before)
                await shelf.KeepWayBack(snapshot.Name, await db.Accounts.Where(a => a.Id == command.AccountId).Select(a => a.Name).FirstAsync(ct), before, ct);
            await db.SaveChangesAsync(ct);
        }

        return stamped;
    }

    private static async Task<Result<StampReport>> Inside(IServiceProvider inside, StampSnapshot command, string document, string name, CancellationToken ct)
    {
        var parts = inside.GetServices<ISnapshotPart>().ToList();
        var read = SetUp.Parse(document, parts);
        if (read.Refusal is { } refused)
            return refused;
        return await inside.GetRequiredService<Stamp>().Do(read.Value, command.Id, name, command.TryOnly, ct);
    }
}

public static class Snapshots
{
    public static IServiceCollection AddSnapshots(this IServiceCollection services) => services
        .AddScoped<SnapshotShelf>().AddScoped<SnapshotReach>().AddScoped<Stamp>()
        .AddScoped<ISnapshotPart, RolesPart>().AddScoped<ISnapshotPart, TeamsPart>()
        .AddSingleton(new StaysBehind("people, and what they did and were told", typeof(Data.Membership), typeof(Data.TeamMember), typeof(Data.Invitation), typeof(Data.Acceptance), typeof(Data.Notice), typeof(Data.NoticeReading), typeof(Data.NoticeChoice), typeof(Data.NoticeDelivery)))
        .AddSingleton(new StaysBehind("the business itself: name, address, sender, and how it stands with its agency", typeof(Data.Account), typeof(Data.AccountPause), typeof(Data.AccountStop), typeof(Data.AccountClosure), typeof(Data.MisuseSignal), typeof(Data.NetworkTrace)))
        .AddSingleton(new StaysBehind("keys, and doors that the account opened", typeof(Data.ApiToken), typeof(Data.AppConnection), typeof(Data.SupportGrant), typeof(Data.SupportGrantEnd), typeof(Data.SupportVisit)))
        .AddSingleton(new StaysBehind("a snapshot holds no snapshots", typeof(Data.AccountSnapshot)))
        .AddSingleton(new StaysBehind("the machine's own notes", typeof(IdempotentReply), typeof(Platform.Outbox.OutboxMessage)));
}
