using System.Text;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Privacy;

/// <summary>Texts of the scope's account under its people's keys.</summary>
public sealed class SubjectTexts(SubjectKeys keys, Tenant tenant) : ISubjectTexts
{
    private const string Kind = "text";

    public Task<byte[]> Seal(Guid subject, Guid row, string text, CancellationToken ct) => keys.Seal(Kind, tenant.Id, subject, row, Encoding.UTF8.GetBytes(text), ct);

    public async Task<IReadOnlyDictionary<Guid, string>> Open(IReadOnlyCollection<SealedText> texts, CancellationToken ct) =>
        (await keys.OpenAll(Kind, tenant.Id, [.. texts.Select(t => (t.Subject, t.Row, t.Text))], ct)).ToDictionary(t => t.Key, t => Encoding.UTF8.GetString(t.Value));
}
