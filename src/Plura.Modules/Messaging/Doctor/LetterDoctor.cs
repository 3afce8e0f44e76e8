using Plura.Accounts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>What servers and mailboxes will make of a letter: whether it is known whose it is, and whether it looks like something people want.</summary>
internal sealed class LetterDoctor(PluraDb db, IAccountDirectory accounts, Letters letters, PublicLinks links, SenderCheck sender, PictureWeights weights) : ILetterDoctor
{
    public async Task<Result<IReadOnlyList<LetterFinding>>> Examine(LetterContent letter, CancellationToken ct)
    {
        var written = await letters.Render(letter, contactId: null, ct);
        if (written.Refusal is { } refusal)
            return refusal;
        var account = await accounts.Account(db.Tenant.Id, ct) ?? throw new InvalidOperationException("The account of this scope does not exist.");
        var findings = new List<LetterFinding>();
        findings.AddRange(await sender.Examine(account, letter.FromEmail, ct));
        findings.AddRange(BodyCheck.Examine(written.Value));
        if (await weights.Examine(written.Value.Html, ct) is { } weight)
            findings.Add(weight);
        if (LetterSource.Marketing(letter))
            findings.AddRange(Leaving(account, findings.Exists(f => f.Code == "auth.signed")));
        return findings.OrderBy(f => f.Health).ToList();
    }

    /// <summary>Whether people can leave as the law and the large mailboxes ask for.</summary>
    private IEnumerable<LetterFinding> Leaving(AccountCard account, bool signed)
    {
        var secure = links.PublicUrl.StartsWith("https://", StringComparison.Ordinal);
        yield return secure && !signed
            ? new("leave.unsigned", LetterHealth.Notice, "Leaving by one click does not count yet", "The two headers for it stand in the letter, but mailboxes believe them only under a signature that they can check (RFC 8058).")
            : secure
            ? new("leave.one_click", LetterHealth.Good, "Leaving takes one click", "Gmail and others show their own button for it, by the two headers that RFC 8058 asks for. The letter has a visible link too.")
            : new("leave.plain", LetterHealth.Notice, "The link for leaving is not encrypted", $"One click works only over https, and this installation calls itself {links.PublicUrl}. Whoever runs it sets its public address.");
        yield return account.PostalAddress is { Length: > 0 }
            ? new("leave.address", LetterHealth.Good, "Your postal address stands below", "The law asks for it in every marketing letter.")
            : new("leave.no_address", LetterHealth.Bad, "Your postal address is missing", "Every marketing letter has to show it. Add it in the settings of your business.");
    }
}
