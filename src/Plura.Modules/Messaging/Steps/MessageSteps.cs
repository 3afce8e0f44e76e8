using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plura.Automations.Contracts;
using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>
/// What steps that send have in common. The words are stored once, when a version is published; each visit of the step has an origin of its own in the ledger, so that the
/// ledger itself refuses a second message for it. Whether it may go is decided at hand-off, as for every message.
/// </summary>
public abstract class MessageSteps(PluraDb db, ISendLedger ledger, IRecipients recipients)
{
    public const string Origin = "automation";

    /// <summary>Among the published settings: the stored words.</summary>
    protected const string Content = "content";

    /// <summary>Made of the step and of which visit it is: the same whenever it is asked, and another for every other visit.</summary>
    public static Guid Visit(Guid step, int entry, int pass)
    {
        Span<byte> of = stackalloc byte[24];
        step.TryWriteBytes(of, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(of[16..], entry);
        BinaryPrimitives.WriteInt32BigEndian(of[20..], pass);
        Span<byte> id = stackalloc byte[32];
        SHA256.HashData(of, id);
        // An id of our own making, by the rules for such ids (RFC 9562, version 8).
        id[6] = (byte)((id[6] & 0x0f) | 0x80);
        id[8] = (byte)((id[8] & 0x3f) | 0x80);
        return new Guid(id[..16], bigEndian: true);
    }

    /// <summary>Plans one message for each run; who has no address for it goes on without one.</summary>
    protected async Task<IReadOnlyList<StepDone>> Send(StepBatch batch, string channel, CancellationToken ct)
    {
        var content = Guid.Parse(batch.Settings[Content]!.ToString());
        var done = new List<StepDone>(batch.Runs.Count);
        foreach (var visit in batch.Runs.GroupBy(r => Visit(batch.StepId, r.Entry, r.Pass)))
        {
            var contacts = visit.Select(r => r.ContactId).Distinct().ToArray();
            await ledger.Plan(new SendPlan(Origin, visit.Key, content, RatePerMinute: null, batch.Now), recipients.Of(contacts, channel), ct);
            var planned = await db.Sends.Where(s => s.Origin == Origin && s.OriginId == visit.Key && contacts.Contains(s.ContactId)).Select(s => s.ContactId).ToHashSetAsync(ct);
            done.AddRange(visit.Select(r => planned.Contains(r.ContactId) ? new StepDone(r.RunId, "planned", new JsonObject { ["visit"] = visit.Key.ToString() }) : new StepDone(r.RunId, "no_address")));
        }

        return done;
    }

    protected static string Text(JsonObject settings, string name) => settings[name]?.ToString().Trim() ?? "";

    protected static JsonObject With(JsonObject settings, Guid content)
    {
        settings[Content] = content.ToString();
        return settings;
    }
}
