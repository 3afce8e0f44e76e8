using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>A visitor begins to chat. The answer is the session's token; nobody can learn it a second time.</summary>
public sealed record BeginChat
{
    /// <summary>The host of the website.</summary>
    [Required, StringLength(300)]
    public string Website { get; set; } = "";
}

public sealed class BeginChatHandler(PluraDb db, TimeProvider clock)
{
    private const int TokenBytes = 32;

    public async Task<Result<string>> Handle(BeginChat command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        db.ChatSessions.Add(ChatSession.Begin(ChatCalls.Hash(token), command.Website, clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        return token;
    }
}
