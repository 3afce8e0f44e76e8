using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Switches the web chat on or off, and says what it greets with and on which websites it may stand.</summary>
public sealed record KeepChat
{
    public bool On { get; set; }

    [Required(ErrorMessage = "Write a greeting: it is the first thing that visitors read."), StringLength(300, ErrorMessage = "A greeting has at most 300 characters.")]
    public string Greeting { get; set; } = Usual;

    /// <summary>One a line, with or without https://.</summary>
    [StringLength(2000, ErrorMessage = "These are too many websites.")]
    public string? Websites { get; set; }

    public const string Usual = "Hello! How can we help you?";
}

public sealed class KeepChatHandler(PluraDb db)
{
    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>Answers the chat's key.</summary>
    public async Task<Result<string>> Handle(KeepChat command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var origins = new List<string>();
        foreach (var line in (command.Websites ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Origin(line) is not { } origin)
                return Refusal.Invalid("chat.website", $"“{(line.Length > 60 ? line[..60] + "…" : line)}” is no address of a website. Write it like www.example.com.", nameof(command.Websites));
            origins.Add(origin);
        }

        var setting = await db.ChatSettings.SingleOrDefaultAsync(ct);
        if (setting is null)
        {
            setting = ChatSetting.Begin(RandomNumberGenerator.GetString(Letters, 12));
            db.ChatSettings.Add(setting);
            db.ChatDoors.Add(new ChatDoor { Key = setting.Key, TenantId = db.Tenant.Id });
        }

        setting.Keep(command.On, command.Greeting, origins.Distinct(StringComparer.OrdinalIgnoreCase));
        await db.SaveChangesAsync(ct);
        return setting.Key;
    }

    /// <summary>As browsers name it: scheme, host, and the port where it is not the usual one. Without encryption only on this machine: there one builds.</summary>
    private static string? Origin(string line)
    {
        var whole = line.Contains("://", StringComparison.Ordinal) ? line : "https://" + line;
        return Uri.TryCreate(whole, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            && (uri.IsLoopback || uri.IdnHost.Contains('.', StringComparison.Ordinal))
            ? $"{uri.Scheme}://{uri.IdnHost}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}" : null;
    }
}
