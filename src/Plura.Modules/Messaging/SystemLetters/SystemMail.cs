using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>Takes letters of the installation itself: a row and a job, which commit with whatever caused them.</summary>
public sealed class SystemMail(PluraDb db, TimeProvider clock) : ISystemMail
{
    public void Post(SystemLetter letter)
    {
        var about = db.Tenant.Current is { } account && !letter.ToOperator ? new Dictionary<string, string>(letter.Facts, StringComparer.Ordinal) { [SystemLetter.AboutAccount] = account.ToString() } : letter.Facts;
        var posted = PostedLetter.Of(letter with { Facts = about }, clock.GetUtcNow());
        db.PostedLetters.Add(posted);
        db.Enqueue(new SendSystemLetter(posted.Id));
    }
}

/// <summary>Plans a posted letter in the operator's own account; what a visitor of the demo causes, in the demo's, whose letters stay inside.</summary>
public sealed record SendSystemLetter(Guid LetterId) : IJob;

[Work("E-mail from this installation to one of you")]
public sealed class SendSystemLetterHandler(PluraDb db, IServiceScopeFactory scopes, IAccountDirectory accounts, IAgencyBrands brands, IDemoAccounts demo, PublicLinks links, TimeProvider clock) : IJobHandler<SendSystemLetter>
{
    public async Task Run(SendSystemLetter job, CancellationToken ct)
    {
        if (await db.PostedLetters.AsNoTracking().FirstOrDefaultAsync(l => l.Id == job.LetterId, ct) is not { } letter)
            return;
        var sender = await accounts.Operator(ct);
        // An offer is posted at the agency's desk, outside the account that it is about.
        var cause = db.Tenant.Current ?? (letter.Kind is "invitation" or "account_offer" ? (await accounts.Invitation(letter.RecipientId, ct))?.AccountId : null);
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Tenant>().Enter(cause is { } about && await demo.Has(about, ct) ? about : sender.Id);
        scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem("system mail");
        var brand = await Brand(letter, ct);
        // A picture in a letter says on which website it is.
        if (brand?.Logo is { } logo)
            brand = brand with { Logo = links.PublicUrl + logo };
        var content = SystemLetterTexts.Of(letter.Kind, sender, brand);
        var ledger = scope.ServiceProvider.GetRequiredService<ISendLedger>();
        var contentId = await Stored(scope.ServiceProvider.GetRequiredService<PluraDb>(), ledger, content, ct);
        await ledger.PlanOne(new SendPlan("system", letter.OccurrenceId, contentId, RatePerMinute: null, clock.GetUtcNow()), letter.RecipientId, letter.PointId, ct);
    }

    /// <summary>That of the agency whose account it is about. An offer of an account is made outside it; what goes to the operator is about nobody's look.</summary>
    private async Task<BrandCard?> Brand(PostedLetter letter, CancellationToken ct)
    {
        if (letter.Kind is "invitation" or "account_offer")
            return await brands.OfInvitation(letter.RecipientId, ct);
        return !letter.ToOperator && UserRecipients.About(letter.ReadFacts()) is { } account ? await brands.OfAccount(account, ct) : null;
    }

    // The text of a kind is stored once, not once per letter.
    private static async Task<Guid> Stored(PluraDb db, ISendLedger ledger, LetterContent content, CancellationToken ct)
    {
        var known = await db.Contents
            .Where(c => c.Subject == content.Subject && c.Html == content.Html && c.FromEmail == content.FromEmail && c.FromName == content.FromName && c.Category == content.Category)
            .Select(c => c.Id).FirstOrDefaultAsync(ct);
        return known != Guid.Empty ? known : (await ledger.Write(content, ct)).Value;
    }
}
