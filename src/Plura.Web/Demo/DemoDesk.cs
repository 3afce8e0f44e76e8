using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Contacts;
using Plura.Contacts.Data;
using Plura.Platform;
using Plura.Platform.Postgres;

namespace Plura.Web.Demo;

/// <summary>The front desk of the demo's practice: what is written down about patients, and what has to be done for them.</summary>
internal static class DemoDesk
{
    private static readonly (string Text, bool Pinned)[] Notes =
    [
        ("Anxious about injections. Explain each step before you begin, and leave ten minutes more.\nHer sister comes along.", true),
        ("Called about the bill of last month. Sent it again; the plan stands at https://harbour-street.example/plans", false),
        ("Allergic to penicillin (letter of the family doctor, see files).", true),
    ];

    private static readonly (string Title, int? Days, string Time, string Repeat, string Details)[] Tasks =
    [
        ("Call back about the crown", -1, "", Repeats.Never, "The lab needs the colour by Friday."),
        ("Send the treatment plan", 0, "16:30", Repeats.Never, ""),
        ("Confirm tomorrow’s first appointments", 0, "", Repeats.Daily, ""),
        ("Ask how the new night guard fits", 3, "10:00", Repeats.Never, ""),
        ("Order gloves and masks", 5, "", Repeats.Monthly, "Medium and large; two boxes each."),
        ("Renew the certificate of the X-ray room", 40, "", Repeats.Yearly, ""),
        ("Tidy up the leaflets in the waiting room", null, "", Repeats.Never, ""),
    ];

    public static async Task Tell(IServiceProvider services, AccountCard account, IReadOnlyList<DemoPerson> people, DateTimeOffset now, CancellationToken ct)
    {
        var db = services.GetRequiredService<PluraDb>();
        if (await db.Tasks.AnyAsync(ct))
            return;
        var owner = (await services.GetRequiredService<IAccountDirectory>().Owners(account.Id, ct))[0];
        services.GetRequiredService<Actor>().Become(ActorKind.User, owner.Id, owner.Name, ["*"]);
        var directory = services.GetRequiredService<Plura.Contacts.Contracts.IContactDirectory>();
        var patients = new List<Guid>();
        foreach (var person in people)
        {
            if (await directory.Search(person.Email, 1, ct) is [var card])
                patients.Add(card.Id);
        }

        foreach (var (number, note) in Notes.Index())
            Expect((await services.GetRequiredService<AddNoteHandler>().Handle(new AddNote { ContactId = patients[number % 2], Text = note.Text, Pinned = note.Pinned }, ct)).Refusal);
        await using var letter = new MemoryStream("Dear colleague, our patient reported a reaction to penicillin in 2019. Please use another antibiotic."u8.ToArray());
        Expect((await services.GetRequiredService<AddAttachmentHandler>().Handle(new AddAttachment { ContactId = patients[0], File = letter, FileName = "Letter of the family doctor.txt" }, ct)).Refusal);

        var today = LocalTimes.Day(now, account.TimeZone);
        foreach (var (number, task) in Tasks.Index())
        {
            var day = task.Days is { } days ? today.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
            var made = await services.GetRequiredService<CreateTaskHandler>().Handle(
                new CreateTask
                {
                    Title = task.Title,
                    Details = task.Details,
                    Due = task.Time.Length > 0 ? $"{day}T{task.Time}" : day,
                    Repeat = task.Repeat,
                    Assignee = owner.Id.ToString(),
                    Contact = number is 0 or 1 or 3 ? patients[number % patients.Count] : null,
                }, ct);
            Expect(made.Refusal);
        }

        var done = await services.GetRequiredService<CreateTaskHandler>().Handle(new CreateTask { Title = "Find the letter of the family doctor", Assignee = owner.Id.ToString(), Contact = patients[0] }, ct);
        Expect(done.Refusal);
        Expect((await services.GetRequiredService<CompleteTaskHandler>().Handle(new CompleteTask(done.Value), ct)).Refusal);
    }

    private static void Expect(Refusal? refusal)
    {
        if (refusal is not null)
            throw new PlainException($"The demo could not be made: {refusal.Text} ({refusal.Code})");
    }
}
