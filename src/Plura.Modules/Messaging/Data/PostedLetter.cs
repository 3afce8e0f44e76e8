using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Messaging.Data;

/// <summary>
/// A letter to a user or to the operator: what it says besides its template. The outbox and the send ledger know it by id only,
/// because they must hold no personal data.
/// </summary>
[SharedAcrossTenants("Posted inside any account or none, sent by the operator's; found only by its unguessable id.")]
public sealed class PostedLetter
{
    public Guid Id { get; private set; }

    /// <summary>Stands for the contact point in the send ledger; the same occasion has the same one.</summary>
    public Guid PointId { get; private set; }

    public string Kind { get; private set; } = "";

    public Guid RecipientId { get; private set; }

    public Guid OccurrenceId { get; private set; }

    public bool ToOperator { get; private set; }

    public string Facts { get; private set; } = "{}";

    public DateTimeOffset PostedAt { get; private set; }

    public static PostedLetter Of(SystemLetter letter, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        PointId = Point(letter),
        Kind = letter.Kind,
        RecipientId = letter.RecipientId,
        OccurrenceId = letter.OccurrenceId,
        ToOperator = letter.ToOperator,
        Facts = JsonSerializer.Serialize(letter.Facts),
        PostedAt = now,
    };

    public Dictionary<string, string> ReadFacts() => JsonSerializer.Deserialize<Dictionary<string, string>>(Facts) ?? [];

    private static Guid Point(SystemLetter letter) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{letter.Kind}:{letter.RecipientId}:{letter.OccurrenceId}"))[..16]);
}

public sealed class PostedLetterConfiguration : IEntityTypeConfiguration<PostedLetter>
{
    public void Configure(EntityTypeBuilder<PostedLetter> builder)
    {
        builder.ToTable("posted_letter", "messaging");
        builder.Property(l => l.Id).ValueGeneratedNever();
        builder.HasIndex(l => l.PointId).HasDatabaseName("posted_letter_point");
    }
}
