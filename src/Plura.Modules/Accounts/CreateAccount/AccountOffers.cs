using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>The links by which offered accounts are taken over: the offer's id and a seal over it, so no secret is stored or travels in the outbox.</summary>
public sealed class AccountOffers(PluraDb db, KeyFiles keys, IConfiguration configuration, TimeProvider clock)
{
    /// <summary>The kind of the letter.</summary>
    public const string Letter = "account_offer";

    public string Token(Guid offer) => WebEncoders.Base64UrlEncode([.. offer.ToByteArray(), .. Seal(offer)]);

    /// <summary>The offer behind a token while it stands; null for a forged, used or old one.</summary>
    public async Task<AccountOffer?> Find(string token, CancellationToken ct)
    {
        if (Read(token) is not { } id)
            return null;
        var (now, accounts) = (clock.GetUtcNow(), db.Accounts);
        return await db.AccountOffers.FirstOrDefaultAsync(o => o.Id == id && o.TakenAt == null && o.EndsAt > now && accounts.Any(a => a.Id == o.AccountId && a.ReadableUntil == null), ct);
    }

    /// <summary>What the letter about an offer says; null once it was taken, or is over.</summary>
    public async Task<OfferCard?> Card(Guid offer, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var found = await db.AccountOffers.Where(o => o.Id == offer && o.TakenAt == null && o.EndsAt > now)
            .Join(db.Accounts.Where(a => a.ReadableUntil == null), o => o.AccountId, a => a.Id, (o, a) => new { o.Email, a.Name, a.AgencyId })
            .Join(db.Agencies, o => o.AgencyId, g => g.Id, (o, g) => new { o.Email, o.Name, Agency = g.Name })
            .FirstOrDefaultAsync(ct);
        var root = PublicAddress.Of(configuration);
        return found is null ? null : new OfferCard(found.Email, found.Name, found.Agency, $"{root}/offers/{Token(offer)}");
    }

    private Guid? Read(string token)
    {
        byte[] bytes;
        try
        {
            bytes = WebEncoders.Base64UrlDecode(token);
        }
        catch (FormatException)
        {
            // Cut off or mistyped: the same as forged.
            return null;
        }

        if (bytes.Length != 48)
            return null;
        var id = new Guid(bytes.AsSpan(0, 16));
        return CryptographicOperations.FixedTimeEquals(Seal(id), bytes.AsSpan(16)) ? id : null;
    }

    private byte[] Seal(Guid offer) => HMACSHA256.HashData(keys.Derive("link", "account-offer"), offer.ToByteArray());
}
