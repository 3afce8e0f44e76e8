using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Plura.Accounts.Contracts;
using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>The recipients of system and test letters: users, and the operator. Links with a secret in them are made here, at the moment of writing.</summary>
public sealed class UserRecipients(PluraDb db, IAccountDirectory accounts, IAccountLetters own, IAgencyBrands brands, IAddressKeys keys, LetterFields merge, IEnumerable<ILetterFacts> sources, PublicLinks links, IConfiguration configuration) : IRecipientSource
{
    internal static Guid? About(Dictionary<string, string> facts) => facts.TryGetValue(SystemLetter.AboutAccount, out var account) ? Guid.Parse(account) : null;

    public bool Serves(string origin) => origin is "system" or "test";

    public async Task<IReadOnlyDictionary<Guid, Recipient>> Load(NpgsqlConnection connection, string origin, Guid originId, IReadOnlyCollection<Guid> contactPointIds, CancellationToken ct)
    {
        var posted = await db.PostedLetters.AsNoTracking().Where(l => contactPointIds.Contains(l.PointId)).ToListAsync(ct);
        var found = new Dictionary<Guid, Recipient>();
        foreach (var letter in posted)
        {
            if (!found.ContainsKey(letter.PointId) && await Recipient(letter, ct) is { } recipient)
                found.Add(letter.PointId, recipient);
        }

        return found;
    }

    private async Task<Recipient?> Recipient(PostedLetter letter, CancellationToken ct)
    {
        if (letter.Kind is "invitation" or "account_offer")
            return await Invited(letter, ct);
        if (letter.Kind == "sign_in_deleted")
            return Gone(letter);
        var user = letter.ToOperator ? null : await accounts.User(letter.RecipientId, ct);
        if (user is null && !letter.ToOperator)
            return null;
        var facts = letter.ReadFacts();
        var kept = sources.FirstOrDefault(s => s.Kind == letter.Kind) is { } source ? await source.Find(letter.OccurrenceId, ct) : null;
        if (kept is null && letter.ToOperator && facts.Count == 0)
            return null;   // What it was about has been deleted since.
        var about = user is null ? null : await own.Find(letter.Kind, user.Id, letter.OccurrenceId, About(facts), ct);
        if (about is { Moot: true })
            return null;
        var address = about?.Address ?? user?.Email ?? await OperatorAddress(ct);
        var fields = letter.Kind == TestLetters.Kind
            ? await merge.Of(facts.TryGetValue("contact", out var contact) ? Guid.Parse(contact) : null, ct)
            : await SystemFields(letter, With(kept?.Facts ?? facts, about?.Words), user, about?.Link, ct);
        return new Recipient(letter.RecipientId, letter.PointId, address, keys.Of(Channels.Email, address.ToLowerInvariant()), Minor: false, fields) { ToName = user?.Name ?? "", ReplyTo = kept?.ReplyTo };
    }

    private static IReadOnlyDictionary<string, string> With(IReadOnlyDictionary<string, string> facts, IReadOnlyDictionary<string, string>? words) =>
        words is not { Count: > 0 } ? facts : facts.Where(f => !words.ContainsKey(f.Key)).Concat(words).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);

    /// <summary>Somebody who may have no user yet. Nothing about them stands in the outbox: address and link are asked for here.</summary>
    private async Task<Recipient?> Invited(PostedLetter letter, CancellationToken ct)
    {
        if (await accounts.Invitation(letter.RecipientId, ct) is not { } invitation)
            return null;
        var custom = new Dictionary<string, object?>(StringComparer.Ordinal) { ["business"] = invitation.Business, ["agency"] = invitation.Agency, ["by"] = invitation.By, ["link"] = invitation.Link };
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal) { ["email"] = invitation.Email, ["fields"] = custom };
        return new Recipient(letter.RecipientId, letter.PointId, invitation.Email, keys.Of(Channels.Email, invitation.Email), Minor: false, fields);
    }

    /// <summary>Somebody who is no user any more: where to, and their name, were written down with the letter.</summary>
    private Recipient Gone(PostedLetter letter)
    {
        var facts = letter.ReadFacts();
        var custom = new Dictionary<string, object?>(StringComparer.Ordinal) { ["link"] = links.PublicUrl + "/contact" };
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal) { ["first_name"] = FirstName(facts["name"]), ["name"] = facts["name"], ["email"] = facts["email"], ["fields"] = custom };
        return new Recipient(letter.RecipientId, letter.PointId, facts["email"], keys.Of(Channels.Email, facts["email"].ToLowerInvariant()), Minor: false, fields) { ToName = facts["name"] };
    }

    private static string? FirstName(string? name) => name?.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();

    private async Task<Dictionary<string, object?>> SystemFields(PostedLetter letter, IReadOnlyDictionary<string, string> facts, UserCard? user, string? own, CancellationToken ct)
    {
        var home = About(letter.ReadFacts()) is { } account ? await brands.Home(account, ct) : links.PublicUrl;
        var link = own ?? letter.Kind switch
        {
            "confirm_email" => await accounts.ConfirmationLink(letter.RecipientId, ct),
            "already_registered" => home + "/sign-in",
            _ => facts.TryGetValue("path", out var path) ? home + path : home,
        };
        var custom = facts.ToDictionary(f => f.Key, f => (object?)f.Value, StringComparer.Ordinal);
        custom["root"] = home;
        custom["link"] = link is null || link.StartsWith("http", StringComparison.Ordinal) ? link : home + link;
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["first_name"] = FirstName(user?.Name),
            ["name"] = user?.Name ?? "",
            ["email"] = user?.Email,
            ["fields"] = custom,
        };
    }

    private async Task<string> OperatorAddress(CancellationToken ct) =>
        configuration["Plura:Operator:Email"] is { Length: > 0 } address ? address : (await accounts.Operator(ct)).SenderEmail;
}
