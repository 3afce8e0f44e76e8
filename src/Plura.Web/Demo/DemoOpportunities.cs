using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Contacts.Contracts;
using Plura.Opportunities;
using Plura.Opportunities.Data;
using Plura.Platform;
using Plura.Platform.Postgres;

namespace Plura.Web.Demo;

/// <summary>
/// The practice's larger treatments on a board: asked for, advised, estimated, agreed; some won, some lost, some waiting too long. Each step
/// passes the handlers that people use, with a clock that stands at the day it happened.
/// </summary>
internal static class DemoOpportunities
{
    private static readonly (string Treatment, int Price)[] Treatments =
        [("Implant, upper left", 4200), ("Invisible braces", 5600), ("Crown and bridge", 2900), ("Whitening at the practice", 480), ("Two veneers", 2400), ("Night guard", 390), ("Implant with bone graft", 6800), ("Braces for a teenager", 4900)];

    private static readonly string[] Sources = ["Recommended by a patient", "Website", "At a check-up", "Phone"];
    private static readonly string[] Insurances = ["Pays a part", "Pays nothing", "Pays a part", "Pays all"];
    private static readonly string[] Reasons = ["Went with another dentist nearby.", "Too expensive right now.", "The insurance does not pay enough of it."];

    public static async Task Tell(IServiceProvider services, IReadOnlyList<DemoPerson> people, CancellationToken ct)
    {
        var db = services.GetRequiredService<PluraDb>();
        if (await db.Pipelines.AnyAsync(ct))
            return;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        // Somebody of the practice did it, as in every account.
        var owner = await services.GetRequiredService<IAccountDirectory>().People(db.Tenant.Id, ct) is [var first, ..] ? first : null;
        if (owner is not null)
            services.GetRequiredService<Actor>().Become(ActorKind.User, owner.Id, owner.Name, ["*"]);
        Expect((await services.GetRequiredService<KeepPipelineHandler>().Handle(
            new KeepPipeline
            {
                Name = "Treatments",
                Stages =
                [
                    new() { Name = "Asked", Color = "grey", Probability = 15, RottingDays = 7 },
                    new() { Name = "Consultation", Color = "blue", Probability = 35, RottingDays = 14 },
                    new() { Name = "Estimate sent", Color = "yellow", Probability = 60, RottingDays = 16, Needs = [StageNeeds.Value] },
                    new() { Name = "Agreed", Color = "green", Probability = 90, RottingDays = 21, Needs = [StageNeeds.Value, StageNeeds.CloseDate] },
                ],
            }, ct)).Refusal);
        var stages = await db.Stages.OrderBy(s => s.Position).Select(s => s.Id).ToListAsync(ct);
        var directory = services.GetRequiredService<IContactDirectory>();
        for (var number = 0; number < 26; number++)
        {
            if (await directory.Search(people[number * 31].Email, 1, ct) is [var contact])
                await Card(services, contact, number, stages, number % 3 == 1 ? null : owner, now, ct);
        }
    }

    private static async Task Card(IServiceProvider services, ContactCard contact, int number, List<Guid> stages, UserCard? owner, DateTimeOffset now, CancellationToken ct)
    {
        var (treatment, price) = Treatments[number % Treatments.Length];
        var reach = (number % 9) switch { 0 or 5 or 7 => 0, 1 or 6 => 1, 2 or 8 => 2, _ => 3 };
        var day = now.AddDays(-4 - reach * 12 - number % 6).AddHours(-number % 7);
        var made = await At<CreateOpportunityHandler>(services, day).Handle(
            new CreateOpportunity
            {
                Name = treatment,
                Contact = contact.Id,
                Stage = stages[0],
                Value = number % 5 == 0 && reach < 2 ? null : price.ToString(System.Globalization.CultureInfo.InvariantCulture),
                CloseOn = reach < 2 ? null : DateOnly.FromDateTime(now.AddDays(12 + number * 5).UtcDateTime).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                Owner = owner?.Id.ToString(),
                Source = Sources[number % Sources.Length],
                Fields = { ["insurance"] = Insurances[number % Insurances.Length], ["offer_number"] = reach < 2 ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"O-{2040 + number}") },
            }, ct);
        Expect(made.Refusal);
        for (var stage = 1; stage <= reach; stage++)
        {
            day = day.AddDays(4 + (number + stage) % 8);
            Expect((await At<MoveOpportunityHandler>(services, day).Handle(new MoveOpportunity { Id = made.Value, Stage = stages[stage] }, ct)).Refusal);
        }

        // One in four has been decided since.
        if (number % 4 == 3)
        {
            var won = number % 8 == 3;
            Expect((await At<MarkOpportunityHandler>(services, day.AddDays(1)).Handle(new MarkOpportunity { Id = made.Value, Status = won ? Statuses.Won : Statuses.Lost, Reason = won ? null : Reasons[number % Reasons.Length] }, ct)).Refusal);
        }
    }

    /// <summary>The same handler, with a clock of its own.</summary>
    private static T At<T>(IServiceProvider services, DateTimeOffset moment) => ActivatorUtilities.CreateInstance<T>(services, new StoppedClock(moment));

    private static void Expect(Refusal? refusal)
    {
        if (refusal is not null)
            throw new PlainException($"The demo could not be made: {refusal.Text} ({refusal.Code})");
    }

    private sealed class StoppedClock(DateTimeOffset moment) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => moment;
    }
}
