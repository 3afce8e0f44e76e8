using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plura.Messaging.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>Seals what people wrote, and opens it for those who may read it.</summary>
public sealed class ReceivedTexts(PluraDb db, ISubjectTexts sealing) : IReceivedTexts
{
    public async Task<IReadOnlyDictionary<Guid, TextBody>> Read(IReadOnlyCollection<Guid> textIds, CancellationToken ct)
    {
        var rows = await db.ReceivedTexts.AsNoTracking().Where(t => textIds.Contains(t.Id)).ToListAsync(ct);
        var opened = await sealing.Open(rows.ConvertAll(r => new SealedText(r.SealKey, r.Id, r.Sealed)), ct);
        var found = new Dictionary<Guid, TextBody>(rows.Count);
        foreach (var row in rows)
        {
            if (opened.TryGetValue(row.Id, out var plain) && JsonSerializer.Deserialize<Words>(plain) is { } words)
                found[row.Id] = new TextBody(row.Id, words.From, words.Text, row.At, words.Media ?? []);
        }

        return found;
    }

    internal Task<byte[]> Seal(Guid subject, Guid id, ReceiveText text, CancellationToken ct) =>
        sealing.Seal(subject, id, JsonSerializer.Serialize(new Words(text.From, text.Text, text.Media is [] ? null : text.Media)), ct);

    private sealed record Words(string From, string Text, IReadOnlyList<TextMedia>? Media);
}
