using Microsoft.EntityFrameworkCore;
using Plura.Platform;
using Plura.Sites.Contracts;
using Plura.Sites.Data;

namespace Plura.Sites;

internal sealed class DemoForm(PluraDb db, BuildFormHandler build) : IDemoForm
{
    public async Task<(string Name, string Wording)> Ensure(string business, string tag, CancellationToken ct)
    {
        var words = FormWords.First(business);
        words.Tags = [tag];
        if (!await db.Forms.AnyAsync(ct) && (await build.Handle(words, ct)).Refusal is { } refusal)
            throw new InvalidOperationException($"The demo's form was refused: {refusal.Code}");
        return (words.Name, words.EmailWording!);
    }
}
