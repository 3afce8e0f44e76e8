using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Conversations.Data;

/// <summary>How the inbox of an account works by itself: who gets what comes in, when the business is open, how soon it answers, what it asks afterwards.</summary>
public sealed class InboxSetting : ITenantOwned
{
    private InboxSetting()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    /// <summary>See <see cref="GiveRules"/>.</summary>
    public string Give { get; private set; } = GiveRules.Nobody;

    /// <summary>Among whom; nobody named means everybody.</summary>
    public Guid[] People { get; private set; } = [];

    /// <summary>Who got one last.</summary>
    public Guid? LastGiven { get; private set; }

    /// <summary>Seven lines, Sunday first: <c>09:00-17:00</c>, empty where it is closed. Null for always open.</summary>
    public string? Hours { get; private set; }

    /// <summary>What whoever writes while it is closed is told; null for nothing.</summary>
    public string? Away { get; private set; }

    /// <summary>Within how many minutes of opening hours somebody is to be answered; null where nobody promised that.</summary>
    public int? AnswerWithin { get; private set; }

    /// <summary>Whether people are asked how it was, once their conversation was closed.</summary>
    public bool Ask { get; private set; }

    public static InboxSetting New(DateTimeOffset now) => new() { Id = Guid.CreateVersion7(now) };

    public void Keep(string give, Guid[] people, IReadOnlyList<string>? hours, string? away, int? answerWithin, bool ask) =>
        (Give, People, Hours, Away, AnswerWithin, Ask) = (give, people, hours is null ? null : JsonSerializer.Serialize(hours), away, answerWithin, ask);

    public void Given(Guid user) => LastGiven = user;

    public IReadOnlyList<string>? ReadHours() => Hours is null ? null : JsonSerializer.Deserialize<List<string>>(Hours);
}

/// <summary>Who gets a conversation that nobody has. Stored as text.</summary>
public static class GiveRules
{
    public const string Nobody = "nobody";

    /// <summary>One after the other.</summary>
    public const string Turns = "turns";

    /// <summary>Whoever has the fewest open ones.</summary>
    public const string Least = "least";
}

public sealed class InboxSettingConfiguration : IEntityTypeConfiguration<InboxSetting>
{
    public void Configure(EntityTypeBuilder<InboxSetting> builder)
    {
        builder.TenantTable("conversations", "inbox_setting");
        builder.HasIndex(s => s.TenantId).IsUnique().HasDatabaseName("inbox_setting_once");
    }
}
