using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>Compiles stored text messages of the scope's account.</summary>
public sealed class TextComposer(PluraDb db, IAccountDirectory accounts, TextNumbers numbers, PublicLinks links)
{
    public async Task<ICompiledMessage> Compile(Guid contentId, CancellationToken ct)
    {
        var stored = await db.Contents.AsNoTracking().SingleAsync(c => c.Id == contentId, ct);
        var card = await accounts.Account(db.Tenant.Id, ct) ?? throw new InvalidOperationException("A message's account does not exist.");
        // The account may have got a number since it was written, or another.
        var from = numbers.Registered(stored.FromEmail) is null ? numbers.Of(card)?.Number ?? "" : stored.FromEmail;
        var account = await Composer.Account(accounts, db.Tenant.Id, card.SenderName, ct);
        return new CompiledText(stored.Message(), from, numbers.Registered(from), account, card.TimeZone, db.Tenant.Id, links) { Pace = numbers.Pace(from) };
    }
}
