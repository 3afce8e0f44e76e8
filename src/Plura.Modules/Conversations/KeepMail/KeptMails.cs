using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Conversations.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Conversations;

/// <summary>
/// Keeps as it came what was not understood, so that nothing is lost by a mistake of ours. Bounded in days and in bytes: strangers write here, and
/// where there is no room the oldest goes.
/// </summary>
public sealed class KeptMails(PluraDb db, IServiceScopeFactory scopes, IDataProtectionProvider protection, IAccountDirectory accounts, TimeProvider clock)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Bytes of all together.</summary>
    public const long Room = 500_000_000;

    /// <summary>Of a mail that is larger than we take, how much.</summary>
    private const int Head = 64_000;

    public async Task Keep(ReceiveMail mail, Guid? account, Refusal refusal, CancellationToken ct)
    {
        var digest = SHA256.HashData(mail.Source);
        if (await db.KeptMails.AnyAsync(m => m.Digest == digest, ct))
            return;
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var tooLarge = mail.Source.Length > ReceiveMail.Largest;
        var source = tooLarge ? mail.Source.AsSpan(0, Head).ToArray() : mail.Source;
        var sealedMail = await Seal(id, account, mail.To ?? "", source, ct);
        await MakeRoom(sealedMail.Length, ct);
        // Two nodes may be told of the same mail at once; the second finds it there.
        await db.Database.ExecuteSqlAsync($"""
            insert into conversations.kept_mail (id, account_id, at, reason, size, digest, only_its_head, sealed)
            values ({id}, {account}, {now}, {refusal.Code}, {mail.Source.Length}, {digest}, {mail.OnlyItsHead || tooLarge}, {sealedMail})
            on conflict (digest) do nothing
            """, ct);
    }

    /// <summary>The mail as it came; null where its key is gone.</summary>
    public async Task<ReceiveMail?> Open(KeptMail mail, CancellationToken ct)
    {
        var plain = mail.AccountId is { } account ? await OpenUnderAccount(mail, account, ct) : Unprotect(mail);
        if (plain is null)
            return null;
        var line = Array.IndexOf(plain, (byte)'\n');
        var to = Encoding.UTF8.GetString(plain, 0, line);
        return new ReceiveMail { To = to.Length > 0 ? to : null, Source = plain[(line + 1)..], OnlyItsHead = mail.OnlyItsHead };
    }

    /// <summary>Forgets those whose days are over; answers how many.</summary>
    public Task<int> Forget(CancellationToken ct)
    {
        var before = clock.GetUtcNow() - Kept;
        return db.KeptMails.Where(m => m.At < before).ExecuteDeleteAsync(ct);
    }

    private async Task<byte[]> Seal(Guid id, Guid? account, string to, byte[] source, CancellationToken ct)
    {
        byte[] plain = [.. Encoding.UTF8.GetBytes(to.ReplaceLineEndings("")), (byte)'\n', .. source];
        if (account is not { } whose || await accounts.Account(whose, ct) is null)
            return Installation(id).Protect(plain);
        await using var scope = In(whose);
        return await scope.ServiceProvider.GetRequiredService<ISubjectTexts>().Seal(whose, id, Convert.ToBase64String(plain), ct);
    }

    private async Task<byte[]?> OpenUnderAccount(KeptMail mail, Guid account, CancellationToken ct)
    {
        await using var scope = In(account);
        var opened = await scope.ServiceProvider.GetRequiredService<ISubjectTexts>().Open([new SealedText(account, mail.Id, mail.Sealed)], ct);
        return opened.TryGetValue(mail.Id, out var text) ? Convert.FromBase64String(text) : null;
    }

    private byte[]? Unprotect(KeptMail mail)
    {
        try
        {
            return Installation(mail.Id).Unprotect(mail.Sealed);
        }
        catch (CryptographicException)
        {
            return null;   // The installation's keys were lost since.
        }
    }

    private AsyncServiceScope In(Guid account)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Tenant>().Enter(account);
        return scope;
    }

    private IDataProtector Installation(Guid id) => protection.CreateProtector("kept-mail", id.ToString());

    private Task<int> MakeRoom(long bytes, CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
        delete from conversations.kept_mail m using (
            select id, sum(case when only_its_head then {Head} else size end) over (order by at desc, id desc) as together from conversations.kept_mail) sums
        where sums.id = m.id and sums.together > {Room - bytes}
        """, ct);
}
