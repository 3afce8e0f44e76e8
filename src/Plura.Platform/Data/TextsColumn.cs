using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plura.Platform;

/// <summary>Texts by key in one jsonb column: the account's own fields of a thing.</summary>
public static class TextsColumn
{
    public static PropertyBuilder<Dictionary<string, string>> HoldsTexts(this PropertyBuilder<Dictionary<string, string>> property) => property.HasColumnType("jsonb").HasConversion(
        texts => JsonSerializer.Serialize(texts, JsonSerializerOptions.Default),
        text => JsonSerializer.Deserialize<Dictionary<string, string>>(text, JsonSerializerOptions.Default)!,
        new ValueComparer<Dictionary<string, string>>(
            (a, b) => a!.Count == b!.Count && !a.Except(b).Any(),
            texts => texts.Count,
            texts => new Dictionary<string, string>(texts, StringComparer.Ordinal)));
}
