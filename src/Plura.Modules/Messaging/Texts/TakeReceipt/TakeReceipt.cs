using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Messaging.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>What a carrier says of a text after it took it. Receipts come twice and in any order; the first that is final counts.</summary>
public sealed record TakeReceipt
{
    public Guid AccountId { get; set; }

    public Guid SendId { get; set; }

    [Required]
    public ReceiptOutcome Outcome { get; set; }

    /// <summary>The carrier's own number for what went wrong.</summary>
    public int? Code { get; set; }

    /// <summary>What the carrier calls the message, where it says so.</summary>
    [StringLength(100)]
    public string? ProviderId { get; set; }

    /// <summary>What went wrong, in words and without the number it was for.</summary>
    [StringLength(500)]
    public string Words { get; set; } = "";
}

public enum ReceiptOutcome
{
    /// <summary>On its way: says only that it was taken.</summary>
    Taken,

    Delivered,

    /// <summary>The number takes no texts: nothing goes there again.</summary>
    Dead,

    /// <summary>The carrier's own list says that its owner wants none.</summary>
    StopListed,

    /// <summary>It did not arrive, for any other reason.</summary>
    Undelivered,
}

public sealed class TakeReceiptHandler(IServiceScopeFactory scopes)
{
    public async Task<Result> Handle(TakeReceipt command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Tenant>().Enter(command.AccountId);
        scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem("receipts");
        return await scope.ServiceProvider.GetRequiredService<TextReceipts>().Settle(new SettleReceipt(command.SendId, command.Outcome.ToString(), command.Code, command.Words, command.ProviderId), ct);
    }
}

/// <summary>A receipt that overtook the carrier's own answer waits until that is written down.</summary>
public sealed record SettleReceipt(Guid SendId, string Outcome, int? Code, string Words, string? ProviderId = null) : IJob;

[Work("A receipt for a text message")]
public sealed class SettleReceiptHandler(TextReceipts receipts) : IJobHandler<SettleReceipt>
{
    public Task Run(SettleReceipt job, CancellationToken ct) => receipts.Settle(job, ct);
}

/// <summary>Writes receipts into the ledger of the scope's account.</summary>
public sealed class TextReceipts(PluraDb db, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<Result> Settle(SettleReceipt receipt, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var tenant = db.Tenant.Id;
        if (await db.Sends.FromSql($"select * from messaging.send where tenant_id = {tenant} and id = {receipt.SendId} for update").AsNoTracking().FirstOrDefaultAsync(ct) is not { } send)
            return Refusal.NotFound("send.missing", "This message does not exist.");
        var now = clock.GetUtcNow();
        if (send.State is SendStates.Intended)
            db.Enqueue(receipt, now + Patience);
        else if (send.State is SendStates.Accepted or SendStates.Unknown)
            await Settle(send, receipt, now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Result.Done;
    }

    private async Task Settle(Send send, SettleReceipt receipt, DateTimeOffset now, CancellationToken ct)
    {
        var (tenant, outcome) = (db.Tenant.Id, Enum.Parse<ReceiptOutcome>(receipt.Outcome));
        var kind = outcome == ReceiptOutcome.Delivered ? "delivered" : "undelivered";
        var final = outcome != ReceiptOutcome.Taken;
        if (final && await db.SendHappenings.AnyAsync(h => h.SendId == send.Id && (h.Kind == "delivered" || h.Kind == "undelivered"), ct))
            return;
        var (state, reason) = outcome switch
        {
            ReceiptOutcome.Dead => (SendStates.Bounced, "hard_bounce"),
            ReceiptOutcome.StopListed => (SendStates.Bounced, Outcomes.StopListed),
            ReceiptOutcome.Undelivered => (SendStates.Bounced, "undelivered"),
            // Somebody knows after all: a send whose answer was lost has arrived.
            _ => (SendStates.Accepted, (string?)null),
        };
        await db.Database.ExecuteSqlAsync($"""
            update messaging.send set state = {state}, reason = {reason}, last_code = coalesce({receipt.Code}, last_code), finished_at = coalesce(finished_at, {now}),
                provider_id = coalesce(provider_id, {receipt.ProviderId})
            where tenant_id = {tenant} and id = {send.Id} and state in ('accepted', 'unknown') and state <> {state}
            """, ct);
        if (!final)
            return;
        db.SendHappenings.Add(SendHappening.New(send.Id, now, kind, receipt.Words.Length > 0 ? receipt.Words : null));
        db.Publish(new TextDelivered(send.Id, send.ContactId, kind) { Origin = send.Origin, OriginId = send.OriginId });
        if (outcome == ReceiptOutcome.Dead)
            db.Publish(new MessageBounced(send.Id, send.ContactId));
        else if (outcome == ReceiptOutcome.StopListed)
            db.Publish(new MessageStopListed(send.Id, send.ContactId));
    }
}
