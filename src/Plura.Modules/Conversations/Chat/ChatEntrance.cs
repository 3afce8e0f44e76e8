using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>A chat and the business it belongs to.</summary>
public sealed record OpenChat(AccountCard Account, ChatSetting Setting)
{
    /// <summary>Switched off, or its business takes nothing any more: visitors find no chat.</summary>
    public bool On => Setting.On && !Account.Closed;

    /// <summary>Whether a page of this origin may talk with it: a website that the business named, or a page of ours.</summary>
    public bool Allows(string origin, HttpRequest request) =>
        Setting.Origins.Contains(origin, StringComparer.OrdinalIgnoreCase) || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Finds the account behind a chat's public address, and enters it.</summary>
public sealed class ChatEntrance(PluraDb db, Tenant tenant, IAccountDirectory accounts)
{
    public async Task<OpenChat?> Enter(string key, CancellationToken ct)
    {
        if (await db.ChatDoors.AsNoTracking().Where(d => d.Key == key).Select(d => (Guid?)d.TenantId).FirstOrDefaultAsync(ct) is not { } found)
            return null;
        tenant.Enter(found);
        var setting = await db.ChatSettings.AsNoTracking().FirstOrDefaultAsync(s => s.Key == key, ct);
        return setting is not null && await accounts.Account(found, ct) is { } account ? new OpenChat(account, setting) : null;
    }

    /// <summary>Whose token it is.</summary>
    public async Task<Guid> SessionOf(string token, CancellationToken ct)
    {
        var hash = ChatCalls.Hash(token);
        return await db.ChatSessions.Where(s => s.TokenHash == hash).Select(s => s.Id).FirstAsync(ct);
    }

    /// <summary>The address of an account's chat; null where it never set one up.</summary>
    public Task<string?> KeyOf(Guid account, CancellationToken ct) => db.ChatDoors.Where(d => d.TenantId == account).Select(d => d.Key).FirstOrDefaultAsync(ct);
}
