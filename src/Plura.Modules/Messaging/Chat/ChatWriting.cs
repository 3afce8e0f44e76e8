using Microsoft.Extensions.DependencyInjection;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>The writing half of the send ledger for answers in web chats.</summary>
public sealed class ChatWriting(PluraDb db, TimeProvider clock)
{
    public async Task<Guid> Write(CancellationToken ct)
    {
        var frame = Content.OfChat(clock.GetUtcNow());
        db.Contents.Add(frame);
        await db.SaveChangesAsync(ct);
        return frame.Id;
    }
}

internal static class ChatMaking
{
    public static IServiceCollection AddChat(this IServiceCollection services) => services
        .AddScoped<ChatWriting>()
        .AddScoped<IRecipientSource, ChatRecipients>()
        .AddSingleton<ChatTransport>().AddSingleton<IChatTransport>(sp => sp.GetRequiredService<ChatTransport>());
}
