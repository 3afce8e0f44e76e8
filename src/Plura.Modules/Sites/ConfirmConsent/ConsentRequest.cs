using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using Plura.Accounts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;
using Plura.Sites.Data;

namespace Plura.Sites;

/// <summary>The one letter that asks "was that you?", and the signed link in it.</summary>
public sealed class ConsentRequest(Tenant tenant, IAccountDirectory accounts, ISendLedger ledger, KeyFiles keys, IAgencyBrands brands, TimeProvider clock)
{
    public const string Origin = "consent_request";

    public async Task Send(Form form, FormSubmission submission, CancellationToken ct)
    {
        var account = (await accounts.Account(tenant.Id, ct))!;
        var home = await brands.Home(account.Id, ct);
        var link = $"{home}/f/{form.Key}/confirm/{Token(submission.Id)}";
        var name = WebUtility.HtmlEncode(account.Name);
        var content = await ledger.Write(new LetterContent
        {
            Subject = $"Please confirm: news from {account.Name.Replace("{", "", StringComparison.Ordinal)}",
            Preview = "One press, and you are on the list. If it was not you, do nothing.",
            Html = $"""
                <p>Somebody, hopefully you, signed this address up at {Literal(name)}:</p>
                <blockquote>{Literal(WebUtility.HtmlEncode(submission.Ticked.First(t => t.Channel == Channels.Email).Wording))}</blockquote>
                <p><a href="{link}">Yes, that was me</a></p>
                <p>If it was not you, do nothing: without the press you get no further message.</p>
                """,
            FromName = account.SenderName,
            FromEmail = account.SenderEmail,
            Category = Categories.ConsentRequest,
        }, ct);
        if (content.Refusal is { } refusal)
            throw new InvalidOperationException($"Our own letter was refused: {refusal.Code}");
        await ledger.PlanOne(new SendPlan(Origin, submission.Id, content.Value, null, clock.GetUtcNow()), submission.ContactId, submission.WaitsFor!.Value, ct);
    }

    public string Token(Guid submission) => Base64Url.EncodeToString([.. submission.ToByteArray(bigEndian: true), .. Sign(submission)]);

    /// <summary>The submission that a link names; null where nobody of ours made the link.</summary>
    public Guid? Read(string token)
    {
        Span<byte> bytes = stackalloc byte[32];
        if (token.Length != 43 || !Base64Url.TryDecodeFromChars(token, bytes, out var length) || length != 32)
            return null;
        var submission = new Guid(bytes[..16], bigEndian: true);
        return CryptographicOperations.FixedTimeEquals(Sign(submission), bytes[16..]) ? submission : null;
    }

    private byte[] Sign(Guid submission) =>
        HMACSHA256.HashData(keys.Derive("link", "double-opt-in", tenant.Id), submission.ToByteArray(bigEndian: true))[..16];

    // The owner's own words are no template.
    private static string Literal(string text) => text.Replace("{", "&#123;", StringComparison.Ordinal);
}
