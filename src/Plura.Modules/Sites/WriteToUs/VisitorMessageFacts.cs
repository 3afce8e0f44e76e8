using Microsoft.EntityFrameworkCore;
using Plura.Messaging.Contracts;
using Plura.Platform;
using Plura.Sites.Data;

namespace Plura.Sites;

/// <summary>Lends a visitor's words to the letter that brings them to the operator; an answer goes to the visitor.</summary>
public sealed class VisitorMessageFacts(PluraDb db) : ILetterFacts
{
    public string Kind => WriteToUsHandler.Letter;

    public async Task<LetterFacts?> Find(Guid occurrenceId, CancellationToken ct)
    {
        if (await db.VisitorMessages.AsNoTracking().FirstOrDefaultAsync(m => m.Id == occurrenceId, ct) is not { } written)
            return null;
        var facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = written.Name, ["email"] = written.Email, ["message"] = written.Message };
        return new LetterFacts(facts, written.Email);
    }
}
