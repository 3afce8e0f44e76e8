using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>A person's authenticator app and recovery codes: whether they have one, whether a code is right, and that none works twice.</summary>
public sealed class SecondFactor(PluraDb db, KeyFiles keys, TimeProvider clock)
{
    public const int Codes = 10;
    // Without letters and digits that look alike.
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    public Task<bool> Has(Guid user, CancellationToken ct) => db.Authenticators.AnyAsync(a => a.UserId == user, ct);

    public Task<int> CodesLeft(Guid user, CancellationToken ct) => db.RecoveryCodes.CountAsync(c => c.UserId == user && c.UsedAt == null, ct);

    /// <summary>Takes a code of the app or a recovery code, once. Two who send the same code at the same moment: one gets in.</summary>
    public async Task<bool> Accept(Guid user, string typed, CancellationToken ct)
    {
        var code = new string([.. typed.Where(char.IsLetterOrDigit)]).ToLowerInvariant();
        return code.Length == 6 && code.All(char.IsAsciiDigit) ? await AcceptAppCode(user, code, ct) : await AcceptRecoveryCode(user, code, ct);
    }

    /// <summary>Replaces the recovery codes; the answer is the only time they can be read. Saved by the caller.</summary>
    public async Task<string[]> NewCodes(Guid user, CancellationToken ct)
    {
        db.RecoveryCodes.RemoveRange(await db.RecoveryCodes.Where(c => c.UserId == user).ToListAsync(ct));
        string[] codes = [.. Enumerable.Range(0, Codes).Select(_ => RandomNumberGenerator.GetString(Letters, 5) + "-" + RandomNumberGenerator.GetString(Letters, 5))];
        db.RecoveryCodes.AddRange(codes.Select(code => RecoveryCode.Of(user, HashOf(user, Bare(code)), clock.GetUtcNow())));
        return codes;
    }

    /// <summary>Whether all of these are unused codes of this person: what may be written into their file.</summary>
    public async Task<bool> Are(Guid user, IReadOnlyCollection<string> codes, CancellationToken ct)
    {
        var hashes = codes.Select(code => HashOf(user, Bare(code))).ToList();
        return codes.Count == Codes && await db.RecoveryCodes.CountAsync(c => c.UserId == user && c.UsedAt == null && hashes.Contains(c.Hash), ct) == Codes;
    }

    /// <summary>Seals the app's key under the root key; the person's id is bound in, so that a row cannot be moved to another.</summary>
    public byte[] Seal(Guid user, byte[] key) => SealedBytes.Seal(keys.Derive("root", "authenticator"), key, user.ToByteArray());

    private byte[] Open(Guid user, byte[] sealedKey) => SealedBytes.Open(keys.Derive("root", "authenticator"), sealedKey, user.ToByteArray());

    private async Task<bool> AcceptAppCode(Guid user, string code, CancellationToken ct)
    {
        if (await db.Authenticators.AsNoTracking().FirstOrDefaultAsync(a => a.UserId == user, ct) is not { } app
            || Totp.Match(Open(user, app.SealedKey), code, clock.GetUtcNow()) is not { } step)
            return false;
        return await db.Authenticators.Where(a => a.UserId == user && a.LastStep < step).ExecuteUpdateAsync(set => set.SetProperty(a => a.LastStep, step), ct) == 1;
    }

    private async Task<bool> AcceptRecoveryCode(Guid user, string code, CancellationToken ct)
    {
        var (hash, now) = (HashOf(user, code), clock.GetUtcNow());
        return await db.RecoveryCodes.Where(c => c.UserId == user && c.Hash == hash && c.UsedAt == null).ExecuteUpdateAsync(set => set.SetProperty(c => c.UsedAt, now), ct) == 1;
    }

    private static string Bare(string code) => code.Replace("-", "", StringComparison.Ordinal);

    // 49 random bits under a key that is not in the database need no slow hash.
    private byte[] HashOf(Guid user, string code) => HMACSHA256.HashData(keys.Derive("pepper", "recovery-code"), Encoding.UTF8.GetBytes($"{user:N}{code}"));
}
