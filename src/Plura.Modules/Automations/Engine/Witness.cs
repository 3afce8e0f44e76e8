using Plura.Automations.Contracts;
using Plura.Automations.Data;
using Plura.Platform;

namespace Plura.Automations;

/// <summary>Writes down what happened in the change in which it happens: nothing is missed, and one contact's happenings keep their order.</summary>
internal sealed class Witness : IWitness
{
    public void Saw(PluraDb db, IEvent news)
    {
        if (news is ITrigger { Happened: { } happened })
            db.Add(Happening.Of(happened));
    }
}
