using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Conversations.Data;

/// <summary>An account's web chat: whether it is on, what it says first, and on which websites it may stand. No row: it was never set up.</summary>
public sealed class ChatSetting : ITenantOwned
{
    private ChatSetting()
    {
    }

    public Guid TenantId { get; private set; }

    /// <summary>Stands in the public address <c>/chat/{key}.js</c>; says nothing about the account.</summary>
    public string Key { get; private set; } = "";

    public bool On { get; private set; }

    /// <summary>What visitors read before they write.</summary>
    public string Greeting { get; private set; } = "";

    /// <summary>The origins on which it may stand, one a line: <c>https://bakery.example</c>.</summary>
    public string Websites { get; private set; } = "";

    public IReadOnlyList<string> Origins => Websites.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static ChatSetting Begin(string key) => new() { Key = key };

    public void Keep(bool on, string greeting, IEnumerable<string> origins) => (On, Greeting, Websites) = (on, greeting, string.Join('\n', origins));
}

/// <summary>Which account a chat's public address belongs to.</summary>
[SharedAcrossTenants("A visitor opens the chat before any account is known; it holds one id and no personal data.")]
public sealed class ChatDoor
{
    public string Key { get; init; } = "";

    public Guid TenantId { get; init; }
}

public sealed class ChatSettingConfiguration : IEntityTypeConfiguration<ChatSetting>
{
    public void Configure(EntityTypeBuilder<ChatSetting> builder)
    {
        builder.ToTable("chat_setting", "conversations");
        builder.HasKey(s => s.TenantId);
        builder.Property(s => s.TenantId).ValueGeneratedNever();
        builder.Ignore(s => s.Origins);
    }
}

public sealed class ChatDoorConfiguration : IEntityTypeConfiguration<ChatDoor>
{
    public void Configure(EntityTypeBuilder<ChatDoor> builder)
    {
        builder.ToTable("chat_door", "conversations");
        builder.HasKey(d => d.Key);
    }
}
