using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>Whoever runs the installation has looked into messages that nobody allowed: the overview speaks of them no longer.</summary>
public sealed record SettleStrangers
{
    /// <summary>When the newest was found that the page showed; what was found since still waits.</summary>
    [Required(ErrorMessage = "Open the page again: it does not say up to when you have looked.")]
    public DateTimeOffset? Until { get; set; }
}

public sealed class SettleStrangersHandler(PluraDb db, IAudit audit, TimeProvider clock)
{
    /// <summary>Answers how many.</summary>
    public async Task<Result<int>> Handle(SettleStrangers command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        DateTimeOffset? now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var settled = await db.Strangers.Where(s => s.SettledAt == null && s.FoundAt <= command.Until).ExecuteUpdateAsync(s => s.SetProperty(x => x.SettledAt, now), ct);
        if (settled == 0)
            return Refusal.NotFound("strangers.none", "None of these waits any more: a colleague has looked into them.");
        audit.Note("operator.settle_strangers", about: null, new Dictionary<string, string>(StringComparer.Ordinal) { ["messages"] = settled.ToString(CultureInfo.InvariantCulture) });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return settled;
    }
}
