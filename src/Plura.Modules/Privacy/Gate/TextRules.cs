using Plura.Privacy.Contracts;

namespace Plura.Privacy;

/// <summary>
/// The one text that is allowed after a withdrawal says that it was understood: once, within five minutes, never without a withdrawal
/// (47 CFR 64.1200(a)(12)).
/// </summary>
public sealed class StopConfirmation() : GateRule("stop_confirmation", 1, Categories.StopConfirmation)
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    public override GateReason Judge(GateQuestion question, GateFacts facts, GateMoment moment) => facts switch
    {
        { Consent: not { Refused: true } } => Deny(("why", "no_withdrawal")),
        { Consent: { } no } when moment.Now - no.At > Window => Deny(("why", "late"), ("withdrawn", Text(no.At))),
        { StopConfirmed: true } => Deny(("why", "confirmed"), ("withdrawn", Text(facts.Consent!.At))),
        _ => Allow(("withdrawn", Text(facts.Consent!.At))),
    };
}

/// <summary>
/// A text leaves from a number of the account. American carriers take texts of a business only from registered ones, whatever they say: a long code whose brand is
/// approved and whose campaign is verified, a verified toll-free number or short code. And nobody gets marketing by a way on which their STOP cannot come back.
/// </summary>
public sealed class Registration() : GateRule("registration", 2)
{
    public override GateReason Judge(GateQuestion question, GateFacts facts, GateMoment moment)
    {
        if (question.Sender is not { } sender)
            return Deny(("why", "no_number"));
        if (sender.OneWay && question.Category == Categories.Marketing)
            return No("one_way", "none");
        if (question.Country != "US" || sender.Kind == "development")
            return Allow(("kind", sender.Kind));
        return sender.Kind switch
        {
            "long_code" when sender.Brand != "approved" => No("brand", sender.Brand),
            "long_code" when sender.Campaign != "verified" => No("campaign", sender.Campaign),
            "long_code" => Allow(("kind", sender.Kind), ("brand", sender.Brand), ("campaign", sender.Campaign)),
            _ when sender.Verification != "verified" => No("verification", sender.Verification),
            _ => Allow(("kind", sender.Kind), ("verification", sender.Verification)),
        };

        GateReason No(string why, string state) => Deny(("why", why), ("kind", sender.Kind), ("state", state.Length == 0 ? "none" : state));
    }
}

/// <summary>
/// Marketing by text reaches nobody at night: it goes only while every place in which the reader may be has daytime, and waits for the next such
/// moment. A permission does not waive it (47 CFR 64.1200(c)(1), and the states' own hours in <see cref="LegalHours"/>).
/// </summary>
public sealed class QuietHours() : GateRule("quiet_hours", 2, Categories.Marketing)
{
    public override GateReason Judge(GateQuestion question, GateFacts facts, GateMoment moment)
    {
        var hours = LegalHours.Of(question.Zones, question.Regions);
        return hours.Next(moment.Now) switch
        {
            null => Deny(("why", "no_common_hour"), ("zones", hours.Zones), ("hours", hours.Words)),
            { } next when next > moment.Now => Defer(next, ("zones", hours.Zones), ("hours", hours.Words)),
            _ => Allow(("zones", hours.Zones), ("hours", hours.Words)),
        };
    }
}
